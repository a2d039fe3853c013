namespace Signals.Core.Model.Doors;

/// <summary>
/// How a service shows that a post is its own: a MAC over the body and mostly a time (RFC 2104), or a secret that it sends along, which
/// says nothing of the body and is as good as the connection that it comes over.
/// </summary>
public sealed record DoorSignature
{
    public DoorProof Proof { get; init; } = DoorProof.Mac;

    /// <summary>The header that holds it.</summary>
    public string Header { get; init; } = "";

    public DoorHash Hash { get; init; } = DoorHash.Sha256;

    public DoorEncoding Encoding { get; init; } = DoorEncoding.Hex;

    /// <summary>What stands before each signature, or before the secret.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// What is signed: <c>{body}</c> with <c>{timestamp}</c>, <c>{id}</c>, <c>{method}</c> and <c>{url}</c> as the service puts them
    /// together.
    /// </summary>
    public string Signed { get; init; } = "{body}";

    /// <summary>The header with the time of the post; null where it stands in the signature's, or nowhere.</summary>
    public string? TimestampHeader { get; init; }

    /// <summary>The header with the id of the post.</summary>
    public string? IdHeader { get; init; }

    /// <summary>What stands between several signatures of one header; null for one alone.</summary>
    public char? Separator { get; init; }

    /// <summary>The name of the time among the signatures, as <c>t</c> in <c>t=1,v1=...</c>.</summary>
    public string? TimestampName { get; init; }

    /// <summary>True where the secret is base64, after <c>whsec_</c> maybe.</summary>
    public bool IsBase64Secret { get; init; }

    /// <summary>How old a post may be, and how far ahead of this clock.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>True where the time is signed, so that a post that somebody caught is worth nothing later.</summary>
    public bool HasTime => Proof == DoorProof.Mac && (TimestampHeader ?? TimestampName) is not null;

    /// <summary>Those of the services that are known.</summary>
    public static readonly IReadOnlyDictionary<string, DoorSignature> Known = new Dictionary<string, DoorSignature>(StringComparer.Ordinal)
    {
        ["stripe"] = new()
        {
            Header = "Stripe-Signature",
            Prefix = "v1=",
            Signed = "{timestamp}.{body}",
            Separator = ',',
            TimestampName = "t",
        },
        ["paddle"] = new()
        {
            Header = "Paddle-Signature",
            Prefix = "h1=",
            Signed = "{timestamp}:{body}",
            Separator = ';',
            TimestampName = "ts",
        },
        ["zendesk"] = new()
        {
            Header = "X-Zendesk-Webhook-Signature",
            Encoding = DoorEncoding.Base64,
            Signed = "{timestamp}{body}",
            TimestampHeader = "X-Zendesk-Webhook-Signature-Timestamp",
        },
        ["hubspot"] = new()
        {
            Header = "X-HubSpot-Signature-v3",
            Encoding = DoorEncoding.Base64,
            Signed = "{method}{url}{body}{timestamp}",
            TimestampHeader = "X-HubSpot-Request-Timestamp",
        },
        ["intercom"] = new()
        {
            Header = "X-Hub-Signature",
            Hash = DoorHash.Sha1,
            Prefix = "sha1=",
        },
        ["typeform"] = new()
        {
            Header = "Typeform-Signature",
            Encoding = DoorEncoding.Base64,
            Prefix = "sha256=",
        },
        ["delighted"] = new() { Header = "X-Delighted-Webhook-Signature", Prefix = "sha256=" },
        ["standard-webhooks"] = new()
        {
            Header = "webhook-signature",
            Encoding = DoorEncoding.Base64,
            Prefix = "v1,",
            Signed = "{id}.{timestamp}.{body}",
            Separator = ' ',
            TimestampHeader = "webhook-timestamp",
            IdHeader = "webhook-id",
            IsBase64Secret = true,
        },
        ["basic"] = new() { Proof = DoorProof.Basic, Header = "Authorization" },
        ["bearer"] = new()
        {
            Proof = DoorProof.Secret,
            Header = "Authorization",
            Prefix = "Bearer ",
        },
    };
}

public enum DoorProof
{
    /// <summary>A MAC by the secret.</summary>
    Mac,

    /// <summary>The secret itself, in a header.</summary>
    Secret,

    /// <summary>User name and password (RFC 7617); the secret is both with a colon between them.</summary>
    Basic,
}

public enum DoorHash
{
    Sha256,

    /// <summary>Sound for a MAC still, and what one service has.</summary>
    Sha1,
    Sha512,
}

public enum DoorEncoding
{
    Hex,
    Base64,
}
