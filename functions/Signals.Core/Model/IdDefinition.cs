namespace Signals.Core.Model;

/// <summary>What is nobody's id: what programs send when they have none.</summary>
public sealed record IdDefinition
{
    /// <summary>
    /// Taken for ids these would make one person of all visitors and one account of all companies. An all-zero UUID is meant whatever its
    /// writing; case, and space or quotes around a word, do not matter.
    /// </summary>
    public static readonly IReadOnlyList<string> Usual =
    [
        "undefined",
        "null",
        "nil",
        "none",
        "nan",
        "n/a",
        "na",
        "unknown",
        "anonymous",
        "guest",
        "not set",
        "(not set)",
        "[object Object]",
        "object Object",
        "true",
        "false",
        "0",
        "-1",
        "00000000-0000-0000-0000-000000000000",
        "00000000000000000000000000000000",
    ];

    /// <summary>More words that are nobody's.</summary>
    public IReadOnlyList<string> Meaningless { get; init; } = [];

    /// <summary>Those of <see cref="Usual"/> that are somebody's in this product.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>A word as it is compared.</summary>
    public static string Bare(string id) => id.Trim(' ', '\t', '"', '\'').ToLowerInvariant();
}
