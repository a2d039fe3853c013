using Signals.Core.Model.Doors;

namespace Signals.Core.Model.Reading;

/// <summary>How a service's posts are known to be its own.</summary>
internal static class DoorSignatureSection
{
    private const string Mac = "hmac";
    private const string Secret = "secret";

    private static readonly Dictionary<string, string> Schemes = DoorSignature
        .Known.Keys.Append(Mac)
        .Append(Secret)
        .ToDictionary(name => name, StringComparer.Ordinal);

    private static readonly Dictionary<string, DoorHash> Hashes = new(StringComparer.Ordinal)
    {
        ["sha256"] = DoorHash.Sha256,
        ["sha1"] = DoorHash.Sha1,
        ["sha512"] = DoorHash.Sha512,
    };

    private static readonly Dictionary<string, DoorEncoding> Encodings = new(StringComparer.Ordinal)
    {
        ["hex"] = DoorEncoding.Hex,
        ["base64"] = DoorEncoding.Base64,
    };

    private static readonly string[] OfMac = ["hash", "encoding", "signed", "timestampHeader", "idHeader"];

    public static DoorSignature Read(ObjectReader signature)
    {
        string scheme = signature.Require("scheme", Expect.OneOf(Schemes), Mac);
        var tolerance = TimeSpan.FromSeconds(signature.Read("toleranceSeconds", Expect.Whole("seconds", 10, 86_400), 300));
        string? header = signature.Read<string?>("header", Expect.Name!, null);
        var read = new DoorSignature
        {
            Header = header ?? "",
            Prefix = signature.Read("prefix", Expect.Name, ""),
            Hash = signature.Read("hash", Expect.OneOf(Hashes), DoorHash.Sha256),
            Encoding = signature.Read("encoding", Expect.OneOf(Encodings), DoorEncoding.Hex),
            Signed = signature.Read("signed", Expect.Name, "{body}"),
            TimestampHeader = signature.Read<string?>("timestampHeader", Expect.Name!, null),
            IdHeader = signature.Read<string?>("idHeader", Expect.Name!, null),
            Tolerance = tolerance,
            Proof = scheme == Secret ? DoorProof.Secret : DoorProof.Mac,
        };
        if (DoorSignature.Known.TryGetValue(scheme, out var known))
        {
            RefuseAll(
                signature,
                ["header", "prefix", .. OfMac],
                $"nothing beside \"scheme\" but \"toleranceSeconds\": {scheme} has its own"
            );
            return known with { Tolerance = tolerance };
        }
        if (signature.Has("scheme") && header is null && !signature.Has("header"))
            signature.Refuse("no \"header\"", "the name of the header that the service puts it in");
        if (scheme == Secret)
            RefuseAll(signature, OfMac, "it only where \"scheme\" is \"hmac\"");
        else
            CheckSigned(signature, read);
        return read;
    }

    private static void CheckSigned(ObjectReader signature, DoorSignature read)
    {
        if (signature.Has("signed") && !read.Signed.Contains("{body}", StringComparison.Ordinal))
            signature.RefuseProperty("signed", "a text with \"{body}\", and \"{timestamp}\", \"{id}\", \"{method}\" or \"{url}\" maybe");
        bool isTimed = read.Signed.Contains("{timestamp}", StringComparison.Ordinal);
        if (isTimed && read.TimestampHeader is null && signature.Has("signed"))
            signature.RefuseProperty("signed", "\"timestampHeader\" beside it, with the time that is signed");
        if (!isTimed && signature.Has("timestampHeader"))
            signature.RefuseProperty("timestampHeader", "\"{timestamp}\" in \"signed\": a time that is not signed proves nothing");
        if (read.Signed.Contains("{id}", StringComparison.Ordinal) && read.IdHeader is null && signature.Has("signed"))
            signature.RefuseProperty("signed", "\"idHeader\" beside it, with the id that is signed");
    }

    private static void RefuseAll(ObjectReader signature, IEnumerable<string> names, string expected)
    {
        foreach (string name in names.Where(signature.Has))
            signature.RefuseProperty(name, expected);
    }
}
