using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.PriceOverValue;
using Signals.Core.Diagnosis.Health;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Assessments;

namespace Signals.Core.Daily.Norms;

/// <summary>
/// Gathers what <see cref="CohortNorms"/> are made of, one account after the other, in bounded room. Surveys of different accounts add up.
/// </summary>
public sealed class CohortSurvey
{
    /// <summary>Cohorts by plan, size and age that are kept apart; accounts of further ones count in the coarser ones only.</summary>
    public const int MaxCohorts = 200;

    private readonly Dictionary<Cohort, Sample> _samples = [];
    private readonly ActivityDays _days = new();
    private readonly QuantileSketch _odds = new();
    private readonly QuantileSketch _stakes = new();
    private readonly StartNorms _starts = new();

    /// <summary>Accounts added.</summary>
    public int Accounts { get; private set; }

    /// <summary>
    /// Adds an account and some or all of its people, as they are on a day. Customers who left tell nothing of those who stay.
    /// </summary>
    public void Add(AccountContext account, IEnumerable<PersonContext> people)
    {
        if (account.IsChurned || account.Usage.FirstDay is not { } first)
            return;
        Accounts++;
        StartPace.AddTo(_starts, account);
        var model = account.Model;
        if (account.ValuePerPrice(PriceOverValueSettings.Of(model).Days) is { } valuePerPrice)
        {
            foreach (var sample in SamplesOf(account.Cohort))
                sample.ValuePerPrice.Add(valuePerPrice);
        }
        foreach (var (part, perPrice) in HealthAssessor.PerPrice(account, account.Account.Review?.People ?? PeopleSummary.None))
        {
            foreach (var sample in SamplesOf(account.Cohort))
                sample.HealthOf(part).Add(perPrice);
        }
        for (int day = Math.Max(first, account.Today - ActivityDays.Length); day < account.Today; day++)
            _days.Add(day, account.Usage.Value(day, day) > 0);
        foreach (var person in people)
        {
            StartPace.AddTo(_starts, person);
            AddFriction(account, person);
        }
    }

    /// <summary>Adds what a customer's last assessment said.</summary>
    /// <param name="logOdds">The risk.</param>
    /// <param name="price">What they pay a month.</param>
    /// <param name="model">The model by which they are at risk or not.</param>
    public void AddRisk(double logOdds, double price, ValueModel model)
    {
        _odds.Add(Math.Exp(logOdds));
        if (logOdds >= RiskScore.Of(model).AtRiskFromLogOdds)
            _stakes.Add(Stake.Of(price, logOdds));
    }

    public void MergeFrom(CohortSurvey other)
    {
        _odds.MergeFrom(other._odds);
        _stakes.MergeFrom(other._stakes);
        _starts.MergeFrom(other._starts);
        Accounts += other.Accounts;
        _days.MergeFrom(other._days);
        foreach (var (cohort, sample) in other._samples)
            SampleOf(cohort)?.MergeFrom(sample);
    }

    /// <summary>The norms by what was added so far.</summary>
    /// <param name="model">The model they are worked out under.</param>
    /// <param name="day">The day.</param>
    /// <param name="accounts">How many accounts there are, where only some of them were added.</param>
    /// <param name="version">See <see cref="CohortNorms.Version"/>.</param>
    public CohortNorms ToNorms(ValueModel model, int day, int? accounts = null, long version = 1)
    {
        var norms = new CohortNorms
        {
            Day = day,
            Fingerprint = model.Fingerprint,
            Version = version,
            Accounts = accounts ?? Accounts,
            Risk = new RiskNorms(_odds, _stakes, accounts ?? Accounts),
            Start = _starts,
        };
        foreach (var (cohort, sample) in _samples.OrderBy(sample => sample.Key.Size is null ? 0 : 1))
        {
            var friction = new Dictionary<string, RateNorm>(StringComparer.Ordinal);
            foreach (var (kind, rates) in sample.Friction)
            {
                var wider = cohort.Size is null ? null : norms.Friction(kind, new Cohort(cohort.Plan, null, null));
                if (rates.People >= CohortNorms.LeastPeople && rates.Norm(wider) is { } norm)
                    friction[kind] = norm;
            }
            norms.Add(cohort, sample.ValuePerPrice, sample.Health, friction);
        }
        foreach (int dip in _days.Dips())
            norms.AddDip(dip);
        return norms;
    }

    public byte[] Pack()
    {
        var writer = new PackWriter();
        writer.Count(Accounts);
        _days.Write(writer);
        writer.Count(_samples.Count);
        foreach (var (cohort, sample) in _samples)
        {
            CohortPacking.Write(writer, cohort);
            sample.ValuePerPrice.Write(writer);
            CohortPacking.Write(writer, sample.Health);
            writer.Count(sample.Friction.Count);
            foreach (var (kind, rates) in sample.Friction)
            {
                writer.Text(kind);
                rates.Write(writer);
            }
        }
        _odds.Write(writer);
        _starts.Write(writer);
        _stakes.Write(writer);
        return writer.ToArray();
    }

    public static CohortSurvey Unpack(ReadOnlySpan<byte> packed)
    {
        var reader = new PackReader(packed);
        var survey = new CohortSurvey { Accounts = reader.Int() };
        survey._days.MergeFrom(ActivityDays.Read(ref reader));
        for (int samples = reader.Count(); samples > 0; samples--)
        {
            var cohort = CohortPacking.Read(ref reader);
            var sample = new Sample(QuantileSketch.Read(ref reader), CohortPacking.ReadSketches(ref reader));
            for (int kinds = reader.Count(); kinds > 0; kinds--)
                sample.Friction[reader.Text() ?? ""] = RateSketch.Read(ref reader);
            survey._samples[cohort] = sample;
        }
        // A pass that an earlier version began has none.
        if (!reader.AtEnd)
            survey._odds.MergeFrom(QuantileSketch.Read(ref reader));
        if (!reader.AtEnd)
            survey._starts.MergeFrom(StartNorms.Read(ref reader));
        if (!reader.AtEnd)
            survey._stakes.MergeFrom(QuantileSketch.Read(ref reader));
        return survey;
    }

    private void AddFriction(AccountContext account, PersonContext person)
    {
        if (account.Model.Friction.Count == 0)
            return;
        var use = person.FrictionUse;
        if (use.LastDay == int.MinValue || !account.KnowsValueFrom(use.From))
            return;
        foreach (var kind in account.Model.Friction)
        {
            foreach (var plan in use[kind.Id].ByPlan())
            {
                if (plan.Value <= 0 || (plan.Plan is null && account.Account.Plans.Changed))
                    continue;
                foreach (var sample in SamplesOf(account.CohortOf(plan.Plan, use.LastDay)))
                    sample.FrictionOf(kind.Id).Add(plan.Value, plan.Count);
            }
        }
    }

    private IEnumerable<Sample> SamplesOf(Cohort cohort) => cohort.Widening().Select(SampleOf).OfType<Sample>();

    private Sample? SampleOf(Cohort cohort)
    {
        if (_samples.TryGetValue(cohort, out var sample))
            return sample;
        if (_samples.Count >= MaxCohorts && cohort != Cohort.Everybody)
            return null;
        return _samples[cohort] = new Sample(new QuantileSketch(), new(StringComparer.Ordinal));
    }

    private sealed class Sample(QuantileSketch valuePerPrice, Dictionary<string, QuantileSketch> health)
    {
        public QuantileSketch ValuePerPrice { get; } = valuePerPrice;

        /// <summary>Amounts per price by part of health.</summary>
        public Dictionary<string, QuantileSketch> Health { get; } = health;

        public Dictionary<string, RateSketch> Friction { get; } = new(StringComparer.Ordinal);

        public RateSketch FrictionOf(string kind)
        {
            if (!Friction.TryGetValue(kind, out var rates))
                Friction[kind] = rates = new RateSketch();
            return rates;
        }

        public QuantileSketch HealthOf(string part)
        {
            if (!Health.TryGetValue(part, out var sketch))
                Health[part] = sketch = new QuantileSketch();
            return sketch;
        }

        public void MergeFrom(Sample other)
        {
            ValuePerPrice.MergeFrom(other.ValuePerPrice);
            foreach (var (part, sketch) in other.Health)
                HealthOf(part).MergeFrom(sketch);
            foreach (var (kind, rates) in other.Friction)
                FrictionOf(kind).MergeFrom(rates);
        }
    }
}
