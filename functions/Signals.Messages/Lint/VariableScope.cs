using System.Collections;
using System.Reflection;
using Signals.Core.Response.Messages;

namespace Signals.Messages.Lint;

/// <summary>What a template may name at one place: the type of <c>this</c> there, and the scope around it.</summary>
internal sealed record VariableScope(Type Type, VariableScope? Outer)
{
    private const string DataMark = "@";

    private static readonly HashSet<string> LoopData = new(StringComparer.Ordinal) { "@index", "@first", "@last", "@key" };

    /// <summary>Where every template starts.</summary>
    public static VariableScope Root { get; } = new(typeof(MessageVariables), null);

    /// <summary>The type a path leads to, or null when it leads nowhere. Names are camelCase, as Handlebars users write them.</summary>
    public Type? Resolve(string path)
    {
        if (path.StartsWith(DataMark, StringComparison.Ordinal))
            return LoopData.Contains(path) && Outer is not null ? typeof(string) : null;
        var scope = this;
        while (path.StartsWith("../", StringComparison.Ordinal) && scope.Outer is { } outer)
        {
            scope = outer;
            path = path["../".Length..];
        }
        Type? type = scope.Type;
        foreach (string part in path.Split('.', '/'))
        {
            if (part is "this" or "")
                continue;
            type = type is null ? null : Member(type, part.Trim('[', ']'));
        }
        return type;
    }

    /// <summary>The names that are known here, for the message that says which was not.</summary>
    public IEnumerable<string> Names =>
        Type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => CamelCase(property.Name));

    /// <summary>What a list holds, or null when it is none.</summary>
    public static Type? ItemOf(Type type) =>
        type == typeof(string) ? null
        : type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0]
        : null;

    private static Type? Member(Type type, string name)
    {
        if (ItemOf(type) is { } item)
            return name == "length" ? typeof(int)
                : int.TryParse(name, out _) ? item
                : null;
        // Scalars have members of .NET's own (a text's length), which are no variables.
        return type.Namespace?.StartsWith("Signals.", StringComparison.Ordinal) == true
            ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .FirstOrDefault(property => CamelCase(property.Name) == name)
                ?.PropertyType
            : null;
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
