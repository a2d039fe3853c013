using System.Diagnostics.CodeAnalysis;

namespace Signals.Core.Platform.Addresses;

/// <summary>
/// One person's mail address, read from any way in which people and programs write it: <c>Ada &lt;ada@b&#252;cher.example&gt;</c>,
/// <c>mailto:ADA@xn--bcher-kva.example.</c> and <c>" ada@B&#252;cher.example"</c> are one. Two mailboxes are equal when their
/// <see cref="Identity"/> is.
/// </summary>
/// <remarks>
/// <para>The domain is ASCII (IDNA, RFC 5890), in lower case, without the root's dot: what SMTP and every provider take.</para>
/// <para>
/// The part before the @ goes out as it was written. For the identity its case is folded: a server may tell <c>Ada</c> from <c>ada</c>
/// (RFC 5321, 2.4), but none that people use does, and taking two for one errs on the side of who wants no mail. Width is folded and
/// letters are composed as by RFC 8265, 3.3. Dots and plus tags stay: only the provider knows what they mean, and they may be two people.
/// </para>
/// </remarks>
public sealed class Mailbox : IEquatable<Mailbox>
{
    /// <summary>RFC 5321, 4.5.3.1.3: a path of 256, without its brackets.</summary>
    public const int MaxChars = 254;

    /// <summary>RFC 5321, 4.5.3.1.1.</summary>
    public const int MaxLocalChars = 64;

    private Mailbox(string local, string domain)
    {
        Address = $"{local}@{domain}";
        Identity = Address.ToLowerInvariant();
        Hindrance = MailboxText.Hindrance(local);
    }

    /// <summary>What mail is sent to.</summary>
    public string Address { get; }

    /// <summary>The same for every spelling.</summary>
    public string Identity { get; }

    /// <summary>
    /// True for one that every server takes: the part before the @ is of ASCII atoms and dots (RFC 5322, 3.2.3). Other letters need
    /// SMTPUTF8 (RFC 6531), which SendGrid and many servers do not speak.
    /// </summary>
    public bool IsPlain => Hindrance is null;

    /// <summary>Why no mail is sent to it though it is a mailbox; null where it is <see cref="IsPlain"/>.</summary>
    public string? Hindrance { get; }

    /// <summary>The mailbox, or null where the text names none, or several.</summary>
    public static Mailbox? Parse(string? text) => TryParse(text, out var mailbox, out _) ? mailbox : null;

    /// <param name="text">However it is written.</param>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="problem">What was found that is no mailbox, in a few words; empty where it is one.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Mailbox? mailbox, out string problem)
    {
        mailbox = null;
        if (!MailboxText.TryUnwrap(text, out string written, out problem))
            return false;
        int at = written.LastIndexOf('@');
        string local = written[..at].TrimEnd(' ');
        if (MailDomain.Ascii(written[(at + 1)..].Trim(' ')) is not { } domain)
            problem = written.AsSpan(at).Trim().ContainsAny(' ', '\t') ? "a space inside" : "no domain after the @";
        else if (MailboxText.LocalProblem(ref local) is { } wrong)
            problem = wrong;
        else if (local.Length + 1 + domain.Length > MaxChars)
            problem = $"more than {MaxChars} characters";
        else
            mailbox = new Mailbox(local, domain);
        return mailbox is not null;
    }

    /// <summary>True where both texts name one mailbox; texts that name none are compared as they are.</summary>
    public static bool AreSame(string? a, string? b) =>
        Parse(a) is { } first ? first.Equals(Parse(b)) : string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    public bool Equals(Mailbox? other) => other?.Identity == Identity;

    public override bool Equals(object? obj) => Equals(obj as Mailbox);

    public override int GetHashCode() => string.GetHashCode(Identity, StringComparison.Ordinal);

    public override string ToString() => Address;
}
