namespace Signals.Core.State.Work;

/// <summary>What one of the team wrote about an account, or about one of its people.</summary>
/// <param name="Id">Its row's key.</param>
/// <param name="By">Who wrote it, as the audit trail names people. They alone may change or delete it.</param>
/// <param name="At">When.</param>
/// <param name="Text">Plain text; lines are kept.</param>
public sealed record AccountNote(string Id, string By, DateTimeOffset At, string Text)
{
    public const int MaxChars = 4000;

    /// <summary>The user id of the person it is about; null for one about the account. It goes when that person is erased.</summary>
    public string? Person { get; init; }

    /// <summary>The addresses of colleagues whom it mentions, who were told by mail.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>When it was last changed; null for never.</summary>
    public DateTimeOffset? EditedAt { get; init; }
}
