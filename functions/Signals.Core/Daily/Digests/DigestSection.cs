using Signals.Core.Model;
using Signals.Core.Response.Messages;

namespace Signals.Core.Daily.Digests;

/// <summary>
/// A section of a digest: the worst accounts of all that were added, by level, then by what they pay, then by score. Those beyond
/// <see cref="MostLines"/> are counted only: its size is bounded however many accounts there are.
/// </summary>
internal sealed class DigestSection
{
    public const int MostLines = 20;

    /// <summary>So many are held before the least of them go: a sort now and then, not one for each.</summary>
    private const int MostHeld = 8 * MostLines;

    private readonly List<(RiskLevel Level, double Price, int Score, MessageDigestAccount Line)> _held = [];

    public int Count { get; private set; }

    /// <summary>What all that were added pay a month: who is on trial pays nothing yet.</summary>
    public double Price { get; private set; }

    public IReadOnlyList<MessageDigestAccount> Lines => [.. Worst().Select(one => one.Line)];

    public int Unlisted => Math.Max(0, Count - MostLines);

    public void Add(RiskLevel level, double price, int score, MessageDigestAccount line)
    {
        Count++;
        Price += line.TrialEndsOn.Length > 0 ? 0 : price;
        _held.Add((level, price, score, line));
        if (_held.Count < MostHeld)
            return;
        var worst = Worst().ToList();
        _held.Clear();
        _held.AddRange(worst);
    }

    private IEnumerable<(RiskLevel Level, double Price, int Score, MessageDigestAccount Line)> Worst() =>
        _held.OrderByDescending(one => one.Level).ThenByDescending(one => one.Price).ThenByDescending(one => one.Score).Take(MostLines);
}
