namespace Signals.Core.Diagnosis.Causes;

/// <summary>Every rule there is.</summary>
public static class CauseRules
{
    public static readonly IReadOnlyList<IPersonRule> OfPeople =
    [
        .. CauseCatalogue.All.Select(cause => cause.PersonRule).OfType<IPersonRule>(),
    ];

    public static readonly IReadOnlyList<IAccountRule> OfAccounts =
    [
        .. CauseCatalogue.All.Select(cause => cause.AccountRule).OfType<IAccountRule>(),
    ];
}
