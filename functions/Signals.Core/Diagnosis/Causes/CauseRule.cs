using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>
/// What a rule found: how sure it is (0 to 1), what exactly it is about, and why. The evidence is put into words when somebody asks: a look
/// at days to come asks for the finding only.
/// </summary>
public sealed class RuleFinding(double confidence, string? detail, Func<IReadOnlyList<Evidence>> explain)
{
    private IReadOnlyList<Evidence>? _evidence;

    public double Confidence { get; } = confidence;

    public string? Detail { get; } = detail;

    /// <summary>Rules of accounts: the keys of the people it is about; null for the account as a whole.</summary>
    public IReadOnlyList<string>? People { get; init; }

    public IReadOnlyList<Evidence> Evidence => _evidence ??= explain();
}

/// <summary>Finds one cause in a person. Pure: the same context gives the same finding.</summary>
public interface IPersonRule
{
    string Cause { get; }

    /// <summary>Null when the cause does not hold; of several things it could be about, the surest.</summary>
    RuleFinding? Assess(PersonContext context);

    /// <summary>Everything it is about, surest first: one finding at most, unless the rule says otherwise.</summary>
    IReadOnlyList<RuleFinding> AssessAll(PersonContext context) => Assess(context) is { } finding ? [finding] : [];
}

/// <summary>Finds one cause in an account as a whole. Pure: the same context gives the same finding.</summary>
public interface IAccountRule
{
    string Cause { get; }

    /// <summary>Null when the cause does not hold.</summary>
    RuleFinding? Assess(AccountContext context);
}
