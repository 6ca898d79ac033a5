using System.Collections.Concurrent;
using Auth.Infrastructure.Persistence;
using Microsoft.Extensions.Time.Testing;

namespace Auth.UnitTests.Persistence;

public sealed class BatcherTests
{
    private readonly ConcurrentQueue<IReadOnlyList<int>> _batches = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _ends = new();
    private readonly SemaphoreSlim _begun = new(0);
    private readonly WaitedClock _clock = new();
    private readonly Batcher<int, int, string> _batcher;

    public BatcherTests() => _batcher = new(item => item % 1000, RunAsync, _clock);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_that_arrive_meanwhile_form_the_next_batch()
    {
        var first = Ask(1);
        await BegunAsync();
        Task<string>[] later = [Ask(2), Ask(3), Ask(4)];

        _batches.ShouldBe([
            [1],
        ]);
        End();
        (await first).ShouldBe("1");

        await BegunAsync();
        _batches.ShouldBe([
            [1],
            [2, 3, 4],
        ]);
        later.ShouldAllBe(task => !task.IsCompleted);
        End();
        (await Task.WhenAll(later)).ShouldBe(["2", "3", "4"]);
    }

    [Fact]
    public async Task When_everything_is_done_the_next_batch_starts_at_once()
    {
        for (var i = 1; i <= 3; i++)
        {
            var asked = Ask(i);
            await BegunAsync();
            End();
            (await asked).ShouldBe($"{i}");
        }

        _batches.ShouldBe([
            [1],
            [2],
            [3],
        ]);
    }

    [Fact]
    public async Task Items_with_equal_keys_run_one_after_the_other()
    {
        var first = Ask(1);
        await BegunAsync();
        Task<string>[] later = [Ask(5), Ask(1005), Ask(6), Ask(2005)];
        End();
        await BegunAsync();
        End();
        await BegunAsync();
        End();
        await BegunAsync();
        End();

        (await Task.WhenAll([first, .. later])).ShouldBe(["1", "5", "1005", "6", "2005"]);
        _batches.ShouldBe([
            [1],
            [5, 6],
            [1005],
            [2005],
        ]);
    }

    [Fact]
    public async Task Batch_size_is_limited()
    {
        var first = Ask(0);
        await BegunAsync();
        var later = Enumerable.Range(1, Batcher<int, int, string>.MaxSize + 1).Select(Ask).ToArray();
        End();
        await BegunAsync();
        End();
        await BegunAsync();
        End();

        await Task.WhenAll([first, .. later]);
        _batches.Select(batch => batch.Count).ShouldBe([1, Batcher<int, int, string>.MaxSize, 1]);
    }

    [Fact]
    public async Task A_slow_batch_does_not_delay_those_behind_it()
    {
        var heldUp = Ask(1);
        await BegunAsync();
        var behind = Ask(2);
        _batches.ShouldBe([
            [1],
        ]);

        await _clock.TimerCreated.WaitAsync(Stop);
        _clock.Advance(Batcher<int, int, string>.MaxWait);

        await BegunAsync();
        _ends.TryDequeue(out var end);
        End();
        (await behind).ShouldBe("2");
        heldUp.IsCompleted.ShouldBeFalse();
        end!.SetResult();
        (await heldUp).ShouldBe("1");
    }

    [Fact]
    public async Task A_failure_affects_the_whole_batch_and_no_other()
    {
        var first = Ask(1);
        await BegunAsync();
        Task<string>[] failing = [Ask(2), Ask(3)];
        End();
        await BegunAsync();
        var after = Ask(4);
        _ends.TryDequeue(out var end);
        end!.SetException(new InvalidOperationException("broken"));
        await BegunAsync();
        End();

        (await first).ShouldBe("1");
        foreach (var task in failing)
        {
            (await Should.ThrowAsync<InvalidOperationException>(task)).Message.ShouldBe("broken");
        }

        (await after).ShouldBe("4");
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_waiting_is_left_out()
    {
        using var givingUp = new CancellationTokenSource();
        var first = Ask(1);
        await BegunAsync();
        var abandoned = _batcher.RunAsync(2, givingUp.Token);
        var other = Ask(3);
        await givingUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(abandoned);
        End();
        await BegunAsync();
        End();
        await Task.WhenAll(first, other);
        _batches.ShouldBe([
            [1],
            [3],
        ]);
    }

    [Fact]
    public async Task When_all_callers_have_given_up_the_next_batch_starts_at_once()
    {
        using var givingUp = new CancellationTokenSource();
        var first = Ask(1);
        await BegunAsync();
        var abandoned = _batcher.RunAsync(2, givingUp.Token);
        await givingUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(abandoned);
        End();
        await first;

        var next = Ask(3);
        await BegunAsync();
        End();
        (await next).ShouldBe("3");
    }

    [Fact]
    public async Task A_caller_that_gives_up_during_a_batch_does_not_stop_the_others()
    {
        using var givingUp = new CancellationTokenSource();
        var first = Ask(1);
        await BegunAsync();
        var abandoned = _batcher.RunAsync(2, givingUp.Token);
        var other = Ask(3);
        End();
        await BegunAsync();
        await givingUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(abandoned);
        End();
        await Task.WhenAll(first, other);
        _batches.ShouldBe([
            [1],
            [2, 3],
        ]);
    }

    private Task<string> Ask(int item) => _batcher.RunAsync(item, Stop);

    private Task BegunAsync() => _begun.WaitAsync(Stop);

    private void End()
    {
        _ends.TryDequeue(out var end).ShouldBeTrue();
        end!.SetResult();
    }

    private async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<int> items)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ends.Enqueue(end);
        _batches.Enqueue(items);
        _begun.Release();
        await end.Task;
        return [.. items.Select(item => $"{item}")];
    }

    /// <summary>A clock that signals when a timer is created.</summary>
    private sealed class WaitedClock : FakeTimeProvider
    {
        public SemaphoreSlim TimerCreated { get; } = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            TimerCreated.Release();
            return timer;
        }
    }
}
