namespace Signals.Core.Diagnosis.Causes;

/// <summary>Finds one cause in an account as a whole. Pure: the same context gives the same finding.</summary>
public interface IAccountRule
{
    string Cause { get; }

    /// <summary>Null when the cause does not hold.</summary>
    RuleFinding? Assess(AccountContext context);
}
