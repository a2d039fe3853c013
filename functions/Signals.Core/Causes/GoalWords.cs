using Signals.Core.Model;

namespace Signals.Core.Causes;

/// <summary>What a customer says, held against what the model names, by the words they share.</summary>
public static class GoalWords
{
    private static readonly char[] Separators = [' ', ',', '.', ';', ':', '!', '?', '"', '-', '\'', '’', '/', '(', ')'];

    /// <summary>How many words of the goal a feature's name and description hold: words of four letters and more, endings apart.</summary>
    public static int Shared(Feature feature, string? goal)
    {
        var words = Of(goal);
        return words.Count == 0 ? 0 : Of($"{feature.Name} {feature.Description}").Count(words.Contains);
    }

    /// <summary>True when a text names something: all of the name's words of four letters and more are in it, endings apart.</summary>
    public static bool Names(string text, string name) => Of(name) is { Count: > 0 } words && words.IsSubsetOf(Of(text));

    private static HashSet<string> Of(string? text) =>
        (text ?? "").ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length > 3).Select(word => word.TrimEnd('s')).ToHashSet(StringComparer.Ordinal);
}
