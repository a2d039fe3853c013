using System.Globalization;

namespace Signals.Core.Intake.Text;

/// <summary>What an emoji or emoticon says of its writer's mood; read from <c>Words/emoji.txt</c>.</summary>
internal static class EmojiFeelings
{
    private const double EmoticonWeight = 2;

    private static readonly Lazy<Dictionary<string, double>> Weights = new(Load);

    /// <summary>From -4 to 4; 0 when it says nothing.</summary>
    public static double Of(string emoji) =>
        char.IsAscii(emoji[0]) ? EmoticonWeight * Emoticons.FeelingOf(emoji) : Weights.Value.GetValueOrDefault(emoji);

    private static Dictionary<string, double> Load()
    {
        using var reader = new StreamReader(WordListFile.Open("emoji.txt"));
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var weight = double.Parse(line.AsSpan(0, colon), NumberStyles.Float, CultureInfo.InvariantCulture);
            foreach (var emoji in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                weights[emoji] = weight;
        }

        return weights;
    }
}
