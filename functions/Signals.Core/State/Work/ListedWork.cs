namespace Signals.Core.State.Work;

/// <summary>A step or a hand-over in its owner's list.</summary>
/// <param name="Account">The account's partition key.</param>
/// <param name="AccountId">Its id, for the way to its page.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="Id">The step's id; empty for a hand-over.</param>
/// <param name="Text">What is to be done, or what was said with the hand-over.</param>
/// <param name="Due">By when; null for a hand-over.</param>
/// <param name="By">Who wrote it, or handed it over.</param>
/// <param name="At">When.</param>
public sealed record ListedWork(
    string Account,
    string AccountId,
    string AccountName,
    string Id,
    string Text,
    DateOnly? Due,
    string By,
    DateTimeOffset At
);
