namespace Auth.IntegrationTests.Malformed;

/// <summary>Pseudorandom numbers that are the same for the same seed on every machine (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>The random numbers of one part of one request, independent of all other parts.</summary>
    public static Dice For(ulong seed, int request, int part) =>
        new(new Dice(seed + ((ulong)request << 16) + (ulong)part).Throw());

    /// <summary>Returns a number from 0 (inclusive) to the bound (exclusive).</summary>
    public int Below(int bound) => (int)(Throw() % (ulong)bound);

    public bool OneIn(int times) => Below(times) == 0;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)Throw())];

    private ulong Throw()
    {
        unchecked
        {
            _state += Step;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
