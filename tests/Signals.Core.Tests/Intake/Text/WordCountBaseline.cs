namespace Signals.Core.Tests.Intake.Text;

/// <summary>
/// Naive Bayes on the words of a text with add-one smoothing, trained on four fifths of the rows and asked about the fifth: what learning
/// from these very reviews gives without any knowledge of the language.
/// </summary>
internal static class WordCountBaseline
{
    public static List<(bool Is, bool? Said)> CrossValidate(IReadOnlyList<(string Text, bool Is)> rows)
    {
        var words = rows.Select(r => Words(r.Text)).ToList();
        return [.. Enumerable.Range(0, 5).SelectMany(fold => Fold(fold))];

        IEnumerable<(bool Is, bool? Said)> Fold(int fold)
        {
            var counts = new Dictionary<string, double[]>(StringComparer.Ordinal);
            var (totals, classes) = (new double[2], new double[2]);
            for (var i = 0; i < rows.Count; i++)
            {
                if (i % 5 == fold)
                    continue;
                var of = rows[i].Is ? 1 : 0;
                classes[of]++;
                foreach (var word in words[i])
                {
                    if (!counts.TryGetValue(word, out var count))
                        counts[word] = count = new double[2];
                    count[of]++;
                    totals[of]++;
                }
            }

            return Enumerable
                .Range(0, rows.Count)
                .Where(i => i % 5 == fold)
                .Select(i => (rows[i].Is, (bool?)(LogOdds(words[i], counts, totals, classes) > 0)));
        }
    }

    private static double LogOdds(string[] words, Dictionary<string, double[]> counts, double[] totals, double[] classes) =>
        Math.Log(classes[1] / classes[0])
        + words
            .Where(counts.ContainsKey)
            .Sum(w =>
                Math.Log((counts[w][1] + 1) / (totals[1] + counts.Count)) - Math.Log((counts[w][0] + 1) / (totals[0] + counts.Count))
            );

    private static string[] Words(string text) =>
        [
            .. new string([.. text.ToLowerInvariant().Select(c => char.IsLetter(c) ? c : ' ')])
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Distinct(),
        ];
}
