using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FsCheck;
using FsCheck.Fluent;

namespace Auth.UnitTests.Sessions;

public sealed class GraceWindowTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ClientInfo s_client = new("192.0.2.1", "test");
    private static readonly SessionPolicy s_policy = new() { GraceReplays = int.MaxValue };

    private readonly Session _session = Session.Start(NewUser(), s_client, s_policy, s_start);

    private static TimeSpan Window => s_policy.GraceWindow;

    [Fact]
    public void A_rotated_token_is_accepted_for_the_whole_window_however_many_rotations_follow()
    {
        for (var generation = 1; generation <= 50; generation++)
        {
            RotateAt(generation, TimeSpan.FromMilliseconds(generation));
        }

        for (var generation = 1; generation <= 50; generation++)
        {
            RotateAt(generation, TimeSpan.FromMilliseconds(generation) + Window - TimeSpan.FromTicks(1))
                .ShouldBe(Rotation.Replayed);
        }

        _session.Generation.ShouldBe(51);
        _session.EndedAt.ShouldBeNull();
    }

    [Fact]
    public void A_token_is_accepted_while_rotations_continue()
    {
        // One rotation every ten seconds: each token is replayed 29 seconds after its rotation.
        for (var generation = 1; generation <= 30; generation++)
        {
            RotateAt(generation, TimeSpan.FromSeconds(10 * generation)).ShouldBe(Rotation.Rotated);
            if (generation > 3)
            {
                RotateAt(generation - 2, TimeSpan.FromSeconds((10 * (generation - 2)) + 29))
                    .ShouldBe(Rotation.Replayed);
            }
        }
    }

    [Fact]
    public void A_period_covers_the_rotations_of_one_window_and_the_previous_one_is_kept()
    {
        RotateAt(1, TimeSpan.Zero);
        RotateAt(2, Window - TimeSpan.FromTicks(1));
        var first = _session.GraceStartedAt;

        RotateAt(3, Window);

        first.ShouldBe(s_start);
        _session.GraceStartedAt.ShouldBe(s_start + Window);
        (_session.GraceFloor, _session.PreviousGraceFloor).ShouldBe((3, 1));
    }

    [Fact]
    public void Three_windows_after_its_rotation_a_token_ends_the_session_even_if_others_have_just_been_rotated()
    {
        RotateAt(1, TimeSpan.Zero);
        RotateAt(2, Window - TimeSpan.FromTicks(1));
        RotateAt(3, (2 * Window) - TimeSpan.FromTicks(1));

        RotateAt(1, 3 * Window).ShouldBe(Rotation.Reused);
    }

    [Fact]
    public void For_a_row_of_an_earlier_version_the_time_of_the_last_rotation_counts()
    {
        // An instance of the previous version does not know grace periods: the rotations in between are its own.
        RotateAt(1, TimeSpan.Zero);
        RotateAt(20, 10 * Window);
        _session.GraceFloor.ShouldBe(20);

        RotateAt(20, (11 * Window) - TimeSpan.FromTicks(1)).ShouldBe(Rotation.Replayed);
        RotateAt(19, (11 * Window) - TimeSpan.FromTicks(1)).ShouldBe(Rotation.Reused);
    }

    [Fact]
    public void Every_schedule_of_delayed_refreshes_follows_the_rule()
    {
        var refresh =
            from tab in Gen.Choose(0, 19)
            from pause in Gen.Frequency(
                (8, Gen.Choose(0, 300)),
                (2, Gen.Choose(0, 30_000)),
                (1, Gen.Choose(0, 120_000))
            )
            from travel in Gen.Frequency(
                (8, Gen.Choose(0, 2_000)),
                (2, Gen.Choose(0, 29_000)),
                (1, Gen.Choose(0, 120_000))
            )
            from answer in Gen.Frequency((8, Gen.Choose(0, 2_000)), (1, Gen.Choose(0, 29_000)))
            from own in Gen.Elements(true, false)
            select new DelayedRefresh(tab, pause, travel, answer, own);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5_000).WithStartSize(20).WithEndSize(200),
            Prop.ForAll(Gen.ListOf(refresh).ToArbitrary(), schedule => RefreshModel.Run([.. schedule]))
        );
    }

    private Rotation RotateAt(int generation, TimeSpan time) =>
        _session.Rotate(generation, s_client, s_policy, s_start + time);

    private static User NewUser() =>
        User.Register(
            EmailAddress.From("ada@example.com"),
            "hash",
            displayName: null,
            Role.CreateSystem(RoleName.From("viewer"), "", [], s_start),
            s_start
        );

    /// <param name="Tab">The tab that sends it.</param>
    /// <param name="Pause">Milliseconds since the previous request was sent.</param>
    /// <param name="Travel">Milliseconds until it arrives.</param>
    /// <param name="Answer">Milliseconds until its response arrives.</param>
    /// <param name="Own">Whether it uses the token that this tab got last, instead of the cookie that all tabs share.</param>
    private sealed record DelayedRefresh(int Tab, int Pause, int Travel, int Answer, bool Own);

    /// <summary>Simulates a schedule and compares each response with the time since the token's own rotation.</summary>
    private sealed class RefreshModel
    {
        private readonly Session _session = Session.Start(NewUser(), s_client, s_policy, s_start);
        private readonly Dictionary<int, DateTimeOffset> _rotatedAt = [];
        private readonly PriorityQueue<Action<DateTimeOffset>, DateTimeOffset> _events = new();
        private readonly int[] _tabs = [.. Enumerable.Repeat(1, 20)];
        private int _cookie = 1;

        public static void Run(DelayedRefresh[] schedule)
        {
            var model = new RefreshModel();
            var leaves = s_start;
            foreach (var refresh in schedule)
            {
                leaves += TimeSpan.FromMilliseconds(refresh.Pause);
                model._events.Enqueue(now => model.Send(refresh, now), leaves);
            }

            while (model._session.EndedAt is null && model._events.TryDequeue(out var happen, out var now))
            {
                happen(now);
            }
        }

        private void Send(DelayedRefresh refresh, DateTimeOffset now)
        {
            var token = refresh.Own ? _tabs[refresh.Tab] : _cookie;
            var arrival = now.AddMilliseconds(refresh.Travel);
            _events.Enqueue(arrived => Arrive(refresh, token, arrived), arrival);
        }

        private void Arrive(DelayedRefresh refresh, int token, DateTimeOffset now)
        {
            var current = _session.Generation;
            var age = _rotatedAt.TryGetValue(token, out var rotatedAt) ? now - rotatedAt : (TimeSpan?)null;

            var rotation = _session.Rotate(token, s_client, s_policy, now);

            if (age is null)
            {
                rotation.ShouldBe(Rotation.Rotated);
                _rotatedAt.Add(token, now);
            }
            else if (age < Window)
            {
                rotation.ShouldBe(Rotation.Replayed);
            }
            else if (age > 3 * Window)
            {
                rotation.ShouldBe(Rotation.Reused);
            }

            (_session.EndedAt is null).ShouldBe(rotation != Rotation.Reused);
            _session.Generation.ShouldBe(rotation == Rotation.Rotated ? current + 1 : current);
            if (rotation != Rotation.Reused)
            {
                var answered = _session.Generation;
                _events.Enqueue(
                    _ => (_tabs[refresh.Tab], _cookie) = (answered, answered),
                    now.AddMilliseconds(refresh.Answer)
                );
            }
        }
    }
}
