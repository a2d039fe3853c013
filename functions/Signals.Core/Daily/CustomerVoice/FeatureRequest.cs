namespace Signals.Core.Daily.CustomerVoice;

/// <summary>Something that customers ask for, put together by likeness of words, with who asks and what they pay.</summary>
/// <param name="Key">The same from pass to pass while the first who asked is known.</param>
/// <param name="Title">In the words of the shortest that asks.</param>
/// <param name="Accounts">So many accounts ask.</param>
/// <param name="Price">What these pay together a month, in the model's currency.</param>
/// <param name="First">When it was asked first.</param>
/// <param name="Last">When it was asked last.</param>
/// <param name="Voices">Who asks, those who pay most first; at most <see cref="MaxVoices"/>, one an account.</param>
public sealed record FeatureRequest(
    string Key,
    string Title,
    int Accounts,
    double Price,
    DateTimeOffset First,
    DateTimeOffset Last,
    IReadOnlyList<RequestVoice> Voices
)
{
    public const int MaxVoices = 20;
}

/// <summary>Somebody who asks for something.</summary>
/// <param name="Account">The account's id as the customer sent it.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="Price">What it pays a month.</param>
/// <param name="Person">The person's id as it stands in keys; null where nobody is named.</param>
/// <param name="Sentence">The sentence that asks.</param>
/// <param name="At">When.</param>
public sealed record RequestVoice(string Account, string AccountName, double Price, string? Person, string Sentence, DateTimeOffset At);

/// <summary>What the team decided about a request.</summary>
/// <param name="Key">The request's.</param>
/// <param name="MergedInto">Another request that it is the same as; null where it stands for itself.</param>
/// <param name="ClosedAt">When it was closed; null while it is open.</param>
/// <param name="By">Who decided, as the audit trail names them.</param>
/// <param name="Note">What those who asked are told.</param>
/// <param name="At">When it was decided.</param>
public sealed record RequestDecision(string Key, string? MergedInto, DateTimeOffset? ClosedAt, string By, string Note, DateTimeOffset At);
