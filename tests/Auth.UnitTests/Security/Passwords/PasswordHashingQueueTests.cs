using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Auth.Application.Abstractions;
using Auth.Infrastructure.Security.Passwords;

namespace Auth.UnitTests.Security.Passwords;

public sealed class PasswordHashingQueueTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_rejected_when_the_queue_is_full()
    {
        using var queue = new PasswordHashingQueue(
            new PasswordOptions { Workers = 2, MaxQueuedHashes = 3 },
            new Meter("test")
        );
        using var blocked = new Blocked(queue, 2);
        var queued = Enumerable.Range(0, 3).Select(_ => queue.RunAsync(Input(), Stop)).ToArray();

        var refusal = await Should.ThrowAsync<ServiceUnavailableException>(queue.RunAsync(Input(), Stop));

        refusal.RetryAfter.ShouldBe(TimeSpan.FromSeconds(2));
        queued.ShouldAllBe(task => !task.IsCompleted);
        blocked.Release();
        await Task.WhenAll(queued);
        await queue.RunAsync(Input(), Stop);
    }

    [Fact]
    public async Task Without_a_queue_only_free_workers_are_used()
    {
        using var queue = new PasswordHashingQueue(
            new PasswordOptions { Workers = 1, MaxQueuedHashes = 0 },
            new Meter("test")
        );
        for (var i = 0; i < 20; i++)
        {
            await queue.RunAsync(Input(), Stop);
        }

        using var blocked = new Blocked(queue, 1);
        await Should.ThrowAsync<ServiceUnavailableException>(queue.RunAsync(Input(), Stop));
    }

    [Fact]
    public async Task By_default_there_is_one_worker_per_core()
    {
        using var queue = new PasswordHashingQueue(new PasswordOptions { MaxQueuedHashes = 0 }, new Meter("test"));
        using var blocked = new Blocked(queue, Environment.ProcessorCount);

        await Should.ThrowAsync<ServiceUnavailableException>(queue.RunAsync(Input(), Stop));
    }

    [Fact]
    public async Task A_cancelled_request_frees_its_place()
    {
        using var queue = new PasswordHashingQueue(
            new PasswordOptions { Workers = 1, MaxQueuedHashes = 1 },
            new Meter("test")
        );
        using var blocked = new Blocked(queue, 1);
        using var cancellation = new CancellationTokenSource();
        var abandoned = Input();
        var cancelled = queue.RunAsync(abandoned, cancellation.Token);
        await Should.ThrowAsync<ServiceUnavailableException>(queue.RunAsync(Input(), Stop));

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        var next = queue.RunAsync(Input(), Stop);
        blocked.Release();
        await next;
        abandoned.Digest.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public async Task A_request_that_is_already_cancelled_does_not_enter()
    {
        using var queue = new PasswordHashingQueue(
            new PasswordOptions { Workers = 1, MaxQueuedHashes = 0 },
            new Meter("test")
        );
        var input = Input();

        await Should.ThrowAsync<OperationCanceledException>(queue.RunAsync(input, new CancellationToken(true)));

        await queue.RunAsync(Input(), Stop);
        input.Digest.ShouldAllBe(value => value == 0);
        using var blocked = new Blocked(queue, 1);
        await Should.ThrowAsync<OperationCanceledException>(queue.RunAsync(input, new CancellationToken(true)));
    }

    [Fact]
    public async Task Work_that_has_started_is_completed()
    {
        using var queue = new PasswordHashingQueue(new PasswordOptions { Workers = 1 }, new Meter("test"));
        using var begun = new SemaphoreSlim(0);
        using var go = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var done = false;
        var task = queue.RunAsync(
            () =>
            {
                begun.Release();
                go.Wait(Stop);
                done = true;
            },
            cancellation.Token
        );
        await begun.WaitAsync(Stop);

        await cancellation.CancelAsync();

        task.IsCompleted.ShouldBeFalse();
        go.Set();
        await task;
        done.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Concurrent_requests_get_their_own_hashes(int workers)
    {
        using var queue = new PasswordHashingQueue(
            new PasswordOptions { Workers = workers, MaxQueuedHashes = 1000 },
            new Meter("test")
        );
        var inputs = Enumerable
            .Range(0, 300)
            .Select(i => new BcryptJob([(byte)i, (byte)(i >> 8)], new byte[16], i % 7 == 0 ? 5 : 4))
            .ToArray();

        await Task.WhenAll(inputs.Select(input => Task.Run(() => queue.RunAsync(input, Stop), Stop)));

        foreach (var input in inputs)
        {
            var alone = new BcryptJob(input.Password, input.Salt, input.Cost);
            new InterleavedBcrypt().Compute(alone);
            input.Digest.ShouldBe(alone.Digest);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task Queued_hashes_are_computed_together_and_correctly(int count)
    {
        using var queue = new PasswordHashingQueue(new PasswordOptions { Workers = 1 }, new Meter("test"));
        using var blocked = new Blocked(queue, 1);
        var inputs = Enumerable.Range(0, count).Select(i => new BcryptJob([(byte)i], new byte[16], 4)).ToArray();
        var tasks = inputs.Select(input => queue.RunAsync(input, Stop)).ToArray();

        blocked.Release();
        await Task.WhenAll(tasks);

        var alone = inputs.Select(input => new BcryptJob(input.Password, input.Salt, input.Cost)).ToArray();
        Array.ForEach(alone, input => new InterleavedBcrypt().Compute(input));
        inputs.Select(BcryptHash.Format).ShouldBe(alone.Select(BcryptHash.Format));
    }

    [Fact]
    public async Task Requests_that_are_cancelled_at_random_all_complete()
    {
        using var queue = new PasswordHashingQueue(
            new PasswordOptions { Workers = 2, MaxQueuedHashes = 8 },
            new Meter("test")
        );
        var outcomes = new ConcurrentBag<string>();

        await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(i =>
                    Task.Run(
                        async () =>
                        {
                            using var cancellation = new CancellationTokenSource();
                            var task = queue.RunAsync(Input(), cancellation.Token);
                            if (i % 3 == 0)
                            {
                                await cancellation.CancelAsync();
                            }

                            try
                            {
                                await task;
                                outcomes.Add("done");
                            }
                            catch (OperationCanceledException)
                            {
                                outcomes.Add("cancelled");
                            }
                            catch (ServiceUnavailableException)
                            {
                                outcomes.Add("refused");
                            }
                        },
                        Stop
                    )
                )
        );

        outcomes.Count.ShouldBe(400);
        // Started or cancelled work no longer occupies the queue.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => queue.RunAsync(Input(), Stop)));
    }

    [Fact]
    public async Task An_exception_reaches_its_caller_and_the_worker_continues()
    {
        using var queue = new PasswordHashingQueue(new PasswordOptions { Workers = 1 }, new Meter("test"));

        await Should.ThrowAsync<InvalidTimeZoneException>(
            queue.RunAsync(() => throw new InvalidTimeZoneException(), Stop)
        );

        await queue.RunAsync(Input(), Stop);
    }

    [Fact]
    public async Task Work_runs_on_a_background_thread_and_not_the_callers()
    {
        using var queue = new PasswordHashingQueue(new PasswordOptions { Workers = 1 }, new Meter("test"));
        var ambient = new AsyncLocal<string> { Value = "of the first request" };
        Thread? worker = null;
        string? seen = "nothing";

        await queue.RunAsync(
            () =>
            {
                worker = Thread.CurrentThread;
                seen = ambient.Value;
            },
            Stop
        );

        worker!.Name.ShouldBe("Password hashing");
        worker.IsBackground.ShouldBeTrue();
        worker.IsThreadPoolThread.ShouldBeFalse();
        worker.Priority.ShouldBe(ThreadPriority.BelowNormal);
        seen.ShouldBeNull();
    }

    [Fact]
    public async Task On_Linux_workers_run_at_a_lower_priority()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Niceness per thread exists on Linux only.");
        using var queue = new PasswordHashingQueue(new PasswordOptions { Workers = 1 }, new Meter("test"));
        var stat = "";

        await queue.RunAsync(() => stat = File.ReadAllText("/proc/thread-self/stat"), Stop);

        // proc(5): the 19th field; the second one is in parentheses and may contain spaces.
        stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16].ShouldBe("10");
    }

    [Fact]
    public async Task Disposal_rejects_queued_and_new_requests()
    {
        var queue = new PasswordHashingQueue(new PasswordOptions { Workers = 1 }, new Meter("test"));
        using var blocked = new Blocked(queue, 1);
        var done = false;
        var waiting = queue.RunAsync(() => done = true, Stop);

        var disposal = Task.Run(queue.Dispose, Stop);

        await Should.ThrowAsync<ServiceUnavailableException>(waiting);
        await Should.ThrowAsync<ServiceUnavailableException>(queue.RunAsync(Input(), Stop));
        disposal.IsCompleted.ShouldBeFalse();
        blocked.Release();
        await disposal;
        done.ShouldBeFalse();
        queue.Dispose();
    }

    [Fact]
    public async Task Queue_length_waiting_time_and_rejections_are_measured()
    {
        using var meter = new Meter("test");
        using var queue = new PasswordHashingQueue(new PasswordOptions { Workers = 1, MaxQueuedHashes = 2 }, meter);
        var measured = new ConcurrentDictionary<string, ConcurrentQueue<double>>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter == meter)
            {
                measured[$"{instrument.Name} in {instrument.Unit}"] = [];
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Note(instrument, value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Note(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Note(instrument, value));
        listener.Start();

        using (var blocked = new Blocked(queue, 1))
        {
            var waiting = new[] { queue.RunAsync(Input(), Stop), queue.RunAsync(Input(), Stop) };
            await Should.ThrowAsync<ServiceUnavailableException>(queue.RunAsync(Input(), Stop));
            listener.RecordObservableInstruments();
            blocked.Release();
            await Task.WhenAll(waiting);
        }

        listener.RecordObservableInstruments();

        measured["auth.password_hashing.turned_away in {hash}"].ShouldBe([1]);
        measured["auth.password_hashing.queue.length in {hash}"].ShouldBe([2, 0]);
        var waits = measured["auth.password_hashing.wait.duration in s"];
        waits.Count.ShouldBe(3);
        waits.ShouldAllBe(seconds => seconds >= 0);

        void Note(Instrument instrument, double value) =>
            measured[$"{instrument.Name} in {instrument.Unit}"].Enqueue(value);
    }

    [Fact]
    public void Invalid_settings_are_rejected()
    {
        Should.Throw<ArgumentException>(() =>
            new PasswordHashingQueue(new PasswordOptions { Workers = -1 }, new Meter("test"))
        );
        Should.Throw<ArgumentException>(() =>
            new PasswordHashingQueue(new PasswordOptions { MaxQueuedHashes = -1 }, new Meter("test"))
        );
    }

    private static BcryptJob Input() => new([1, 2, 3], new byte[16], 4);

    private static int CountDone(BcryptJob[] inputs) => inputs.Count(input => input.Digest.Any(value => value != 0));

    /// <summary>Observes each job when it is dequeued, on its worker and before another worker dequeues one.</summary>
    private static MeterListener OnBegin(Meter meter, Action action)
    {
        var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter == meter && instrument is Histogram<double>)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => action());
        listener.Start();
        return listener;
    }

    /// <summary>Keeps workers busy until it is released.</summary>
    private sealed class Blocked : IDisposable
    {
        private readonly ManualResetEventSlim _release = new();
        private readonly Task[] _tasks;

        public Blocked(PasswordHashingQueue queue, int workers)
        {
            using var begun = new CountdownEvent(workers);
            _tasks =
            [
                .. Enumerable
                    .Range(0, workers)
                    .Select(_ =>
                        queue.RunAsync(
                            () =>
                            {
                                begun.Signal();
                                _release.Wait(CancellationToken.None);
                            },
                            CancellationToken.None
                        )
                    ),
            ];
            begun.Wait(Stop);
        }

        public void Release() => _release.Set();

        public void Dispose()
        {
            Release();
            Task.WaitAll(_tasks, CancellationToken.None);
            _release.Dispose();
        }
    }
}
