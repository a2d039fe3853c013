namespace Signals.Core.Model.Reading;

/// <summary>Finds the name that was probably meant.</summary>
public static class NearestName
{
    /// <summary>One letter too many, too few, another, or two that changed places.</summary>
    public const int Slip = 1;

    /// <summary>
    /// The known name within a third of its letters, and within <paramref name="most"/> letters, of what was written, or null.
    /// </summary>
    public static string? Of(string written, IEnumerable<string> known, int most = int.MaxValue)
    {
        var nearest = known
            .Where(name => Math.Abs(name.Length - written.Length) <= Tolerance(name))
            .Select(name => (Name: name, Distance: Distance(written.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= Math.Min(most, Tolerance(candidate.Name)))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name;
    }

    private static int Tolerance(string name) => Math.Max(1, name.Length / 3);

    /// <summary>Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            rows[0, j] = j;

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[left.Length, right.Length];
    }
}
