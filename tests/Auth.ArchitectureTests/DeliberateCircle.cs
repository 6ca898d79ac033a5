// Three namespaces that depend on each other in a cycle, which the test must report: by a parameter, a generic
// argument and a method body.
namespace Auth.ArchitectureTests.One
{
    internal sealed class First(Three.Third third)
    {
        public string? Name => third.ToString();
    }
}

namespace Auth.ArchitectureTests.Two
{
    internal sealed class Second
    {
        public List<One.First> Items { get; } = [];
    }
}

namespace Auth.ArchitectureTests.Three
{
    internal sealed class Third
    {
        public override string ToString() => nameof(Third) + Other();

        private static string Other() => new Two.Second().GetType().Name;
    }
}
