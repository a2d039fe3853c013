using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Norms;

/// <summary>
/// What is usual among accounts with the same plan, of similar size and age: what one account or person is held against. A cohort of too
/// few is no measure; the coarser one that holds it is asked instead.
/// </summary>
public sealed class CohortNorms
{
    /// <summary>People that a friction norm rests on at least.</summary>
    public const int LeastPeople = 20;

    /// <summary>Accounts that a standing rests on at least.</summary>
    public const int LeastAccounts = 20;

    private const byte Layout = 5;

    private readonly Dictionary<Cohort, Norms> _cohorts = [];
    private readonly HashSet<int> _dips = [];

    /// <summary>Before any were worked out: rules that need a cohort are silent, others judge by the past alone.</summary>
    public static CohortNorms None { get; } = new() { Fingerprint = "" };

    /// <summary>The UTC day they were worked out on.</summary>
    public int Day { get; init; }

    /// <summary>Tells norms from earlier ones, also of the same day: when they were worked out, in Unix milliseconds; 0 for none.</summary>
    public long Version { get; init; }

    /// <summary>Accounts that there were.</summary>
    public int Accounts { get; init; }

    /// <summary>The model they were worked out under: under another, value and friction are something else.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How the customers' risk is spread.</summary>
    public RiskNorms Risk { get; init; } = RiskNorms.None;

    /// <summary>How far customers usually are in their first days.</summary>
    public StartNorms Start { get; init; } = new();

    /// <summary>How often a kind of obstacle is usual per unit of value; null where too few people tell.</summary>
    public RateNorm? Friction(string kind, Cohort cohort)
    {
        foreach (var candidate in cohort.Widening())
        {
            if (
                _cohorts.TryGetValue(candidate, out var norms)
                && norms.Friction.TryGetValue(kind, out var norm)
                && norm.People >= LeastPeople
            )
                return norm;
        }
        return null;
    }

    /// <summary>
    /// Value per money paid of the accounts of the same plan and size, of similar age where there are enough; null where fewer than
    /// <paramref name="least"/> accounts tell. Other plans and sizes are never compared with: a plan's price is the same for few people and
    /// many.
    /// </summary>
    public QuantileSketch? ValuePerPrice(Cohort cohort, int least) =>
        cohort
            .Widening()
            .Where(candidate => candidate.Plan is not null && candidate.Size is not null)
            .Select(candidate => _cohorts.GetValueOrDefault(candidate)?.ValuePerPrice)
            .FirstOrDefault(sketch => sketch?.Count >= least);

    /// <summary>
    /// The share of accounts of the same plan, of similar size and age where there are enough, that get no more of a part of health
    /// (<see cref="HealthPart"/>) for their money; null where fewer than <see cref="LeastAccounts"/> tell.
    /// </summary>
    public double? Standing(string part, Cohort cohort, double perPrice) =>
        cohort
            .Widening()
            .Where(candidate => candidate.Plan is not null)
            .Select(candidate => _cohorts.GetValueOrDefault(candidate)?.Health.GetValueOrDefault(part))
            .FirstOrDefault(sketch => sketch?.Count >= LeastAccounts)
            ?.ShareUpTo(perPrice);

    /// <summary>True for a day on which far fewer customers than usual came: a public holiday, an outage.</summary>
    public bool IsDip(int day) => _dips.Contains(day);

    /// <summary>True when there was any such day.</summary>
    public bool HasDips => _dips.Count > 0;

    internal void Add(
        Cohort cohort,
        QuantileSketch valuePerPrice,
        IReadOnlyDictionary<string, QuantileSketch> health,
        IReadOnlyDictionary<string, RateNorm> friction
    ) => _cohorts[cohort] = new Norms(valuePerPrice, health, friction);

    internal void AddDip(int day) => _dips.Add(day);

    public byte[] Pack()
    {
        var writer = new PackWriter();
        writer.Byte(Layout);
        writer.Count(Day);
        writer.Text(Fingerprint);
        writer.Signed(Version);
        writer.Count(Accounts);
        Risk.Write(writer);
        Start.Write(writer);
        writer.Count(_dips.Count);
        foreach (int day in _dips.Order())
            writer.Count(day);
        writer.Count(_cohorts.Count);
        foreach (var (cohort, norms) in _cohorts)
        {
            CohortPacking.Write(writer, cohort);
            norms.ValuePerPrice.Write(writer);
            CohortPacking.Write(writer, norms.Health);
            writer.Count(norms.Friction.Count);
            foreach (var (kind, norm) in norms.Friction)
            {
                writer.Text(kind);
                writer.Float(norm.Rate);
                writer.Count(norm.People);
                foreach (double weight in norm.Weights)
                    writer.Fixed32(BitConverter.SingleToUInt32Bits((float)weight));
            }
        }
        return writer.ToArray();
    }

    /// <summary>
    /// Reads what <see cref="Pack"/> wrote; null when another version of Signals wrote it: tomorrow's pass writes it anew.
    /// </summary>
    public static CohortNorms? Unpack(ReadOnlySpan<byte> packed)
    {
        var reader = new PackReader(packed);
        if (reader.Byte() != Layout)
            return null;
        var norms = new CohortNorms
        {
            Day = reader.Int(),
            Fingerprint = reader.Text() ?? "",
            Version = reader.Signed(),
            Accounts = reader.Int(),
            Risk = RiskNorms.Read(ref reader),
            Start = StartNorms.Read(ref reader),
        };
        for (int dips = reader.Count(); dips > 0; dips--)
            norms.AddDip(reader.Int());
        for (int cohorts = reader.Count(); cohorts > 0; cohorts--)
        {
            var cohort = CohortPacking.Read(ref reader);
            var valuePerPrice = QuantileSketch.Read(ref reader);
            var health = CohortPacking.ReadSketches(ref reader);
            var friction = new Dictionary<string, RateNorm>(StringComparer.Ordinal);
            for (int kinds = reader.Count(); kinds > 0; kinds--)
            {
                string kind = reader.Text() ?? "";
                double rate = reader.Float();
                int people = reader.Int();
                double[] weights = new double[RateGrid.Steps];
                for (int i = 0; i < weights.Length; i++)
                    weights[i] = BitConverter.UInt32BitsToSingle(reader.Fixed32());
                friction[kind] = new RateNorm(rate, weights, people);
            }
            norms.Add(cohort, valuePerPrice, health, friction);
        }
        return norms;
    }

    private sealed record Norms(
        QuantileSketch ValuePerPrice,
        IReadOnlyDictionary<string, QuantileSketch> Health,
        IReadOnlyDictionary<string, RateNorm> Friction
    );
}
