using Auth.IntegrationTests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Auth.IntegrationTests.Sessions;

/// <summary>
/// Random sequences of actions by a user with two devices, an administrator and the clock, on two instances, compared step
/// by step with <see cref="SessionModel"/>.
/// </summary>
public sealed class SessionModelTests : IAsyncLifetime
{
    private const int MaxSteps = 12;

    private static readonly (string, string?)[] s_settings =
    [
        ("Jwt:AccessTokenLifetime", SessionModel.AccessTokenLifetime.ToString("c")),
        ("Sessions:RefreshTokenLifetime", SessionModel.IdleLifetime.ToString("c")),
        ("Sessions:AbsoluteLifetime", SessionModel.AbsoluteLifetime.ToString("c")),
        ("Sessions:GraceWindow", SessionModel.GraceWindow.ToString("c")),
        ("Revocation:PollInterval", "00:00:00.020"),
    ];

    private readonly TestDatabase _database = new();
    private readonly TestClock _clock = new();
    private TestService[] _instances = [];

    private enum Action
    {
        SignIn,
        SignInWithWrongPassword,
        Refresh,
        Replay,
        ReplayOlder,
        Call,
        Logout,
        ChangePassword,
        Disable,
        Enable,
        LeaveGraceWindow,
        OutliveAccessToken,
        OutliveSession,
    }

    private sealed record Step(Action Action, int Device, int Instance);

    public ValueTask InitializeAsync()
    {
        _instances =
        [
            TestService.Start(_database, _clock, s_settings),
            TestService.Start(_database, _clock, s_settings),
        ];
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        _database.Dispose();
    }

    [Fact]
    public void Every_sequence_of_steps_matches_the_model()
    {
        var step =
            from action in Gen.Frequency(
                (4, Gen.Constant(Action.SignIn)),
                (6, Gen.Constant(Action.Refresh)),
                (3, Gen.Constant(Action.Replay)),
                (5, Gen.Constant(Action.Call)),
                (2, Gen.Constant(Action.LeaveGraceWindow)),
                (6, Gen.Elements(Enum.GetValues<Action>()))
            )
            from device in Gen.Choose(0, 1)
            from instance in Gen.Choose(0, 1)
            select new Step(action, device, instance);
        var steps = Gen.ListOf(step).Where(list => list.Count <= MaxSteps);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Proof.Rounds(everyTime: 40, full: 2000)).WithStartSize(MaxSteps),
            Prop.ForAll(steps.ToArbitrary(), list => RunAsync([.. list]).GetAwaiter().GetResult())
        );
    }

    private async Task RunAsync(Step[] steps)
    {
        var user = new ModelledUser(_instances, _clock);
        await user.RegisterAsync();
        foreach (var step in steps)
        {
            await user.TakeAsync(step.Action.ToString(), step.Device, step.Instance);
        }
    }
}
