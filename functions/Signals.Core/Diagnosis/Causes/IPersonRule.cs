namespace Signals.Core.Diagnosis.Causes;

/// <summary>Finds one cause in a person. Pure: the same context gives the same finding.</summary>
public interface IPersonRule
{
    string Cause { get; }

    /// <summary>Null when the cause does not hold; of several things it could be about, the surest.</summary>
    RuleFinding? Assess(PersonContext context);

    /// <summary>Everything it is about, surest first: one finding at most, unless the rule says otherwise.</summary>
    IReadOnlyList<RuleFinding> AssessAll(PersonContext context) => Assess(context) is { } finding ? [finding] : [];
}
