namespace Auth.Infrastructure.Security.Passwords;

/// <summary>Hashes of the <see cref="PasswordHashingQueue"/> that are done together.</summary>
/// <param name="Hashes">The hashes, in the order of the queue.</param>
internal sealed record HashBatch(IReadOnlyList<QueuedHash> Hashes)
{
    /// <summary>
    /// Takes the first hash of a queue, and those of the same cost to compute with it: computing up to four in one loop takes
    /// little longer than computing one. What idle workers can do at the same time is left to them.
    /// </summary>
    /// <param name="queue">The queue, which is not empty.</param>
    /// <param name="maxLanes">How many hashes can be computed in one loop.</param>
    /// <param name="idle">The number of other idle workers, which get their share.</param>
    public static HashBatch TakeFrom(LinkedList<QueuedHash> queue, int maxLanes, int idle)
    {
        var batch = new HashBatch(Select(queue, maxLanes, idle));
        foreach (var hash in batch.Hashes)
        {
            queue.Remove(hash);
        }

        return batch;
    }

    /// <summary>Computes the hashes.</summary>
    /// <returns>The error, which is for the callers: the worker continues. Null if there was none.</returns>
    public Exception? Compute(IBcrypt bcrypt)
    {
        try
        {
            if (Hashes is [var alone])
            {
                alone.Run();
            }
            else
            {
                bcrypt.Compute([.. Hashes.Select(hash => hash.Job!)]);
            }

            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    public void Complete(Exception? error)
    {
        foreach (var hash in Hashes)
        {
            hash.Complete(error);
        }
    }

    private static List<QueuedHash> Select(LinkedList<QueuedHash> queue, int maxLanes, int idle)
    {
        var first = queue.First();
        var most = Math.Min(maxLanes, queue.Count - idle);
        if (first.Job is null || most < 2)
        {
            return [first];
        }

        var alike = queue.Where(hash => hash.Job?.Cost == first.Job.Cost).Take(most).ToList();
        // Three would be computed as two and one: the third is better off with another worker or a fourth hash.
        return alike.Count == 3 ? alike[..2] : alike;
    }
}
