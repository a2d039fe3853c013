namespace Signals.Core.Response.Mail;

/// <summary>Copies of mails that a host keeps where its users can read them. Most hosts keep none.</summary>
public interface IKeptMail
{
    /// <summary>Every copy: its id, as <see cref="RemoveAsync"/> takes it, and all that it says, decoded.</summary>
    IAsyncEnumerable<KeptMail> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Removes the copy of an outreach for good; false when there is none.</summary>
    Task<bool> RemoveAsync(string outreachId, CancellationToken cancellationToken);
}

/// <param name="Id">The outreach's id as its copy is named by.</param>
/// <param name="To">Whom it went to.</param>
/// <param name="Text">Headers and bodies.</param>
public sealed record KeptMail(string Id, IReadOnlyList<string> To, string Text);

/// <summary>For hosts whose mail leaves and is not kept.</summary>
public sealed class NoKeptMail : IKeptMail
{
    public IAsyncEnumerable<KeptMail> ReadAllAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<KeptMail>();

    public Task<bool> RemoveAsync(string outreachId, CancellationToken cancellationToken) => Task.FromResult(false);
}
