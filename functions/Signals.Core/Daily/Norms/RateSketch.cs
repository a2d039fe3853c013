using System.Numerics;
using System.Runtime.InteropServices;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Platform.Serialization;

namespace Signals.Core.Daily.Norms;

/// <summary>
/// Many people's counts and uses in little room: people alike in both share a cell. Sketches of parts of a cohort add up to that of the
/// whole.
/// </summary>
public sealed class RateSketch
{
    private const int ExactCounts = 8;
    private const int CountStepsPerOctave = 4;
    private const int UseStepsPerOctave = 3;
    private const int Rounds = 60;

    /// <summary>
    /// People who are thought to be there before anybody was seen, spread as <see cref="RateGrid.Bell"/> with this deviation.
    /// </summary>
    private const double PseudoPeople = 3;

    private const double PseudoDeviation = 0.5;

    /// <summary>How many people a cohort borrows from the coarser one that holds it.</summary>
    private const double BorrowedPeople = 40;

    private readonly SortedDictionary<(int Use, int Count), Cell> _cells = [];

    public int People { get; private set; }

    /// <summary>Adds a person who met it so often in so much use (above 0).</summary>
    public void Add(double use, double count)
    {
        int countBin = count < ExactCounts ? (int)count : ExactCounts + (int)(CountStepsPerOctave * Math.Log2(count / ExactCounts));
        Put(((int)Math.Floor(UseStepsPerOctave * Math.Log2(use)), countBin), new Cell(1, use, count));
    }

    public void MergeFrom(RateSketch other)
    {
        foreach (var (key, cell) in other._cells)
            Put(key, cell);
    }

    /// <summary>The cohort's norm, or null while nobody met it.</summary>
    /// <param name="wider">The norm of the cohort that holds this one, on the same plan: the fewer people there are, the more it
    /// says.</param>
    /// <remarks>
    /// The distribution of true rates that makes the counts likeliest, whatever its shape (Kiefer and Wolfowitz 1956; fitted by expectation
    /// maximisation, Laird 1978), on the steps of <see cref="RateGrid"/> with three imagined people added: the empirical Bayes of Robbins
    /// (1956) and Efron (2010). A single mean and variance would be dragged along by the few who suffer; here they keep a hump of their
    /// own.
    /// </remarks>
    public RateNorm? Norm(RateNorm? wider = null)
    {
        double uses = _cells.Values.Sum(cell => cell.Use),
            counts = _cells.Values.Sum(cell => cell.Count);
        if (counts <= 0 || uses <= 0)
            return null;
        double mean = counts / uses;
        double[] prior = wider is null ? RateGrid.Bell(PseudoDeviation) : RateGrid.Recentred(wider.Weights, mean / wider.Rate),
            weights = prior;
        double imagined = wider is null ? PseudoPeople : BorrowedPeople;
        var cells = _cells
            .Values.Select(cell => new Likelihood(cell.People, cell.Count / cell.People, mean * cell.Use / cell.People))
            .ToArray();
        for (int round = 0; round < Rounds; round++)
        {
            double[] next = [.. prior.Select(weight => weight * imagined)];
            foreach (var cell in cells)
                cell.AddPosterior(weights, next);
            weights = RateGrid.Normalised(next);
        }
        double median = RateGrid.Quantile(weights, 0.5);
        return new RateNorm(mean * median, RateGrid.Recentred(weights, median), People);
    }

    public void Write(PackWriter writer)
    {
        writer.Count(_cells.Count);
        foreach (var ((use, count), cell) in _cells)
        {
            writer.Signed(use);
            writer.Count(count);
            writer.Count(cell.People);
            writer.Float(cell.Use);
            writer.Float(cell.Count);
        }
    }

    public static RateSketch Read(ref PackReader reader)
    {
        var sketch = new RateSketch();
        for (int cells = reader.Count(); cells > 0; cells--)
            sketch.Put(((int)reader.Signed(), reader.Int()), new Cell(reader.Int(), reader.Float(), reader.Float()));
        return sketch;
    }

    private void Put((int Use, int Count) key, Cell cell)
    {
        _cells[key] = _cells.TryGetValue(key, out var known) ? known + cell : cell;
        People += cell.People;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Cell(int People, double Use, double Count) : IAdditionOperators<Cell, Cell, Cell>
    {
        public static Cell operator +(Cell a, Cell b) => new(a.People + b.People, a.Use + b.Use, a.Count + b.Count);
    }

    /// <summary>Some people's count, and how likely it is at every rate: worked out once for all rounds.</summary>
    private sealed class Likelihood(int people, double count, double expected)
    {
        /// <summary>Under this what is left of a likelihood is the noise of rounding.</summary>
        private const double Vanishing = 1e-250;

        private readonly double[] _likelihoods = RateGrid.Likelihoods(count, expected);

        /// <summary>Adds the people, spread by where their rate may lie after all.</summary>
        public void AddPosterior(double[] weights, double[] sum)
        {
            double evidence = 0;
            for (int step = 0; step < RateGrid.Steps; step++)
                evidence += weights[step] * _likelihoods[step];
            bool vanishes = evidence < Vanishing;
            double[] shares = vanishes ? RateGrid.Posterior(weights, count, expected) : _likelihoods;
            for (int step = 0; step < RateGrid.Steps; step++)
                sum[step] += people * shares[step] * (vanishes ? 1 : weights[step] / evidence);
        }
    }
}
