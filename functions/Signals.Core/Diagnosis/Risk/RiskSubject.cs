using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>What the score looks at: an account on a day, the summary of its people, and the causes found in it.</summary>
public sealed class RiskSubject(AccountContext context, PeopleSummary people, IReadOnlyList<FoundCause> causes)
{
    /// <summary>From here on what either says is more than half of what it can say: see their curves.</summary>
    private const double SurelyFallen = 0.85;
    private const double SurelyStopped = 6;

    private readonly Lazy<LastUse?> _lastUse = new(() => LastUse.Of(context));
    private double? _windowValue;

    public AccountContext Context => context;

    public PeopleSummary People => people;

    public IReadOnlyList<FoundCause> Causes => causes;

    public ValueModel Model => context.Model;

    public UsageView Usage => context.Usage;

    public int Today => context.Today;

    /// <summary>The last day of real use and what came since; null where there never was value.</summary>
    public LastUse? LastUse => _lastUse.Value;

    /// <summary>The first day of the floor's window, which ends today.</summary>
    public int WindowStart => Today - Model.Value.Floor.Days + 1;

    /// <summary>Days of the window that there were: an account has no days before its first.</summary>
    public int WindowDays => Math.Clamp(Today - (Usage.FirstDay ?? 0) + 1, 1, Model.Value.Floor.Days);

    /// <summary>The window in words: "in the 30 days up to 12 March 2026", or since when there were any.</summary>
    public Phrase InWindow => context.UpToToday(Model.Value.Floor.Days);

    /// <summary>What the floor asks for in the days that there were.</summary>
    public double WindowFloor => Model.Value.Floor.Amount * WindowDays / Model.Value.Floor.Days;

    /// <summary>Value in the window, in the model's unit.</summary>
    public double WindowValue => _windowValue ??= Usage.Value(WindowStart, Today);

    /// <summary>True when value over the whole window is known, so that little of it is no artefact of when collecting began.</summary>
    public bool KnowsWindow => context.KnowsValueFrom(WindowStart);

    /// <summary>
    /// True for who has all but stopped against their own level: surely by the drop, or by the days of a habit that they missed.
    /// </summary>
    public bool HasFallen =>
        causes.Any(cause => cause.Id == CauseIds.UsageDrop && cause.Confidence * cause.Share >= SurelyFallen)
        || Habit.Surprise(this) >= SurelyStopped;

    /// <summary>How often any of the events occurred in the window.</summary>
    public long Count(IReadOnlyList<string> events) => Usage.Count(events, WindowStart, Today);
}
