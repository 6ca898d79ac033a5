using System.Reflection;
using System.Reflection.Emit;

namespace Auth.ArchitectureTests;

/// <summary>No two top-level folders of a layer depend on each other, neither directly nor through others.</summary>
/// <remarks>
/// Read from the compiled code, including method bodies. Only constants are invisible: the compiler inlines their values.
/// </remarks>
public sealed class FolderTests
{
    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    [Theory]
    [InlineData("Auth.Domain")]
    [InlineData("Auth.Application")]
    [InlineData("Auth.Infrastructure")]
    [InlineData("Auth.Api")]
    public void The_folders_of_a_layer_depend_on_each_other_in_one_direction(string layer) =>
        FindCircles(Assembly.Load(layer)).ShouldBeEmpty();

    [Fact]
    public void The_checker_reports_a_cycle() =>
        FindCircles(typeof(FolderTests).Assembly).ShouldBe(["One -> Three -> Two -> One"]);

    [Fact]
    public void The_checker_reads_method_bodies() =>
        ReadDependencies(typeof(FolderTests).Assembly)["Three"].ShouldBe(["Two"]);

    /// <summary>The folders that compose the service: settings, registration, commands, and the bearer scheme.</summary>
    [Fact]
    public void Api_uses_Infrastructure_only_where_it_composes_the_service() =>
        Assembly
            .Load("Auth.Api")
            .GetTypes()
            .Where(type =>
                UsesOf(type).SelectMany(Parts).Any(used => used.Assembly.GetName().Name == "Auth.Infrastructure")
            )
            .Select(type => FolderOf(type, "Auth.Api"))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBe(["Authorization", "CommandLine", "Configuration", "Hosting"]);

    /// <summary>The cycles of an assembly, each starting from its first folder.</summary>
    private static List<string> FindCircles(Assembly assembly)
    {
        var dependencies = ReadDependencies(assembly);
        var cycles = new List<string>();
        foreach (var folder in dependencies.Keys)
        {
            Follow([folder]);
        }

        return cycles;

        void Follow(List<string> path)
        {
            foreach (var next in dependencies[path[^1]])
            {
                if (next == path[0])
                {
                    cycles.Add(string.Join(" -> ", path.Append(next)));
                }
                else if (string.CompareOrdinal(next, path[0]) > 0 && !path.Contains(next))
                {
                    Follow([.. path, next]);
                }
            }
        }
    }

    /// <summary>The folders of an assembly, and the folders each depends on.</summary>
    private static SortedDictionary<string, SortedSet<string>> ReadDependencies(Assembly assembly)
    {
        var root = assembly.GetName().Name!;
        var dependencies = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var type in assembly.GetTypes())
        {
            if (FolderOf(type, root) is not { } folder)
            {
                continue;
            }

            dependencies.TryAdd(folder, new SortedSet<string>(StringComparer.Ordinal));
            dependencies[folder]
                .UnionWith(
                    UsesOf(type)
                        .SelectMany(Parts)
                        .Where(used => used.Assembly == assembly)
                        .Select(used => FolderOf(used, root))
                        .OfType<string>()
                        .Where(used => used != folder)
                );
        }

        return dependencies;
    }

    private static string? FolderOf(Type type, string root) =>
        type.Namespace?.StartsWith(root + ".", StringComparison.Ordinal) == true
            ? type.Namespace[(root.Length + 1)..].Split('.')[0]
            : null;

    private static IEnumerable<Type> UsesOf(Type type)
    {
        const BindingFlags Own =
            BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)).ToList();
        return
        [
            .. type.GetInterfaces(),
            .. new[] { type.BaseType }.OfType<Type>(),
            .. type.GetCustomAttributesData().Select(attribute => attribute.AttributeType),
            .. type.GetFields(Own).Select(field => field.FieldType),
            .. methods.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType),
            .. methods.OfType<MethodInfo>().Select(method => method.ReturnType),
            .. methods.SelectMany(UsesOf),
        ];
    }

    private static IEnumerable<Type> UsesOf(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            yield break;
        }

        foreach (var local in body.LocalVariables)
        {
            yield return local.LocalType;
        }

        var code = body.GetILAsByteArray()!;
        var typeArguments = method.DeclaringType!.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (var at = 0; at < code.Length; )
        {
            var isLong = code[at] == 0xFE;
            var opCode = s_opCodes[isLong ? unchecked((short)(0xFE00 | code[at + 1])) : code[at]];
            at += isLong ? 2 : 1;
            if (
                opCode.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                var token = BitConverter.ToInt32(code, at);
                switch (method.Module.ResolveMember(token, typeArguments, methodArguments))
                {
                    case Type type:
                        yield return type;
                        break;
                    case MethodInfo { IsGenericMethod: true } called:
                        yield return called.DeclaringType!;
                        foreach (var argument in called.GetGenericArguments())
                        {
                            yield return argument;
                        }

                        break;
                    case { } member:
                        yield return member.DeclaringType!;
                        break;
                }
            }

            at += SizeOf(opCode.OperandType, code, at);
        }
    }

    private static int SizeOf(OperandType operand, byte[] code, int at) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
            _ => 4,
        };

    /// <summary>A type without array or reference modifiers, and its generic arguments.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Append(type);
}
