using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Signals.Core.Intake.Events;
using Signals.Core.Model.Doors;
using Signals.Core.Response.Mail;

namespace Signals.Web.Doors;

/// <summary>
/// Tells whether a post is the service's own, as its door says: whoever has no secret learns nothing of it by how long the answer takes.
/// </summary>
internal sealed class DoorCheck(PublicAddress address, TimeProvider clock)
{
    private const int MaxHeaderChars = 4_096;
    private const int MaxSignatures = 10;

    /// <summary>Why a post is not believed, in words for its sender; null when it is.</summary>
    public string? Refuse(DoorSignature signature, IReadOnlyList<byte[]> secrets, HttpRequest request, ReadOnlySpan<byte> body)
    {
        string header = request.Headers[signature.Header].ToString();
        if (header.Length == 0)
            return $"Found no signature; expected the header {signature.Header}.";
        if (header.Length > MaxHeaderChars)
            return $"The header {signature.Header} has {header.Length} characters; expected at most {MaxHeaderChars}.";
        return signature.Proof switch
        {
            DoorProof.Mac => RefuseMac(signature, secrets, request, header, body),
            DoorProof.Basic => RefuseSecret(secrets, PasswordIn(header), "user name and password"),
            _ => RefuseSecret(secrets, After(header, signature.Prefix), "secret"),
        };
    }

    private string? RefuseMac(
        DoorSignature signature,
        IReadOnlyList<byte[]> secrets,
        HttpRequest request,
        string header,
        ReadOnlySpan<byte> body
    )
    {
        string[] parts = signature.Separator is { } separator ? header.Split(separator, MaxSignatures + 2) : [header];
        var given = parts
            .Select(part => After(part.Trim(), signature.Prefix))
            .OfType<string>()
            .Select(text => Decode(signature.Encoding, text))
            .OfType<byte[]>()
            .Take(MaxSignatures)
            .ToList();
        if (given.Count == 0)
            return $"Found no signature that can be read in {signature.Header}; expected {Described(signature)}.";
        string timestamp = TimestampOf(signature, request, parts);
        if (signature.HasTime && timestamp.Length == 0)
            return $"Found no time of the post; expected it in {signature.TimestampHeader ?? signature.Header}.";
        bool isSigned = false;
        foreach (byte[] signed in SignedTexts(signature, request, timestamp, body))
        {
            foreach (byte[] secret in secrets)
            {
                byte[] mac = MacOf(signature.Hash, secret, signed);
                foreach (byte[] one in given)
                    isSigned |= CryptographicOperations.FixedTimeEquals(mac, one);
            }
        }
        if (!isSigned)
            return "The signature is not that of the post by a secret that is known here.";
        return signature.HasTime ? RefuseTime(signature, timestamp) : null;
    }

    private string? RefuseTime(DoorSignature signature, string timestamp)
    {
        if (MomentOf(timestamp) is not { } at)
            return "The time of the post is none; expected seconds or milliseconds since 1970, or ISO 8601.";
        var age = clock.GetUtcNow() - at;
        double most = signature.Tolerance.TotalSeconds;
        if (age.TotalSeconds > most)
            return $"The post was signed {age.TotalSeconds:0} seconds ago; expected at most {most:0}.";
        return -age.TotalSeconds > most
            ? $"The post was signed {-age.TotalSeconds:0} seconds ahead of this clock; expected at most {most:0}."
            : null;
    }

    private static DateTimeOffset? MomentOf(string timestamp)
    {
        bool isRead = long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? EventTime.TryFromUnix(number, out long milliseconds)
            : EventTime.TryParse(Encoding.UTF8.GetBytes(timestamp), out milliseconds);
        return isRead ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    /// <summary>What may have been signed: behind a proxy the address of the post is not the one that the service knows.</summary>
    private List<byte[]> SignedTexts(DoorSignature signature, HttpRequest request, string timestamp, ReadOnlySpan<byte> body)
    {
        string text = signature
            .Signed.Replace("{timestamp}", timestamp, StringComparison.Ordinal)
            .Replace("{method}", request.Method, StringComparison.Ordinal);
        if (signature.IdHeader is { } id)
            text = text.Replace("{id}", request.Headers[id].ToString(), StringComparison.Ordinal);
        string[] texts = text.Contains("{url}", StringComparison.Ordinal)
            ? [.. UrlsOf(request).Select(url => text.Replace("{url}", url, StringComparison.Ordinal))]
            : [text];
        var signed = new List<byte[]>();
        foreach (string one in texts)
        {
            int at = one.IndexOf("{body}", StringComparison.Ordinal);
            signed.Add([.. Encoding.UTF8.GetBytes(one[..at]), .. body, .. Encoding.UTF8.GetBytes(one[(at + "{body}".Length)..])]);
        }
        return signed;
    }

    private IEnumerable<string> UrlsOf(HttpRequest request)
    {
        string path = request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        return new[]
        {
            address.Url.TrimEnd('/') + path,
            $"{request.Scheme}://{request.Host}{path}",
            $"https://{request.Host}{path}",
        }.Distinct(StringComparer.Ordinal);
    }

    private static string TimestampOf(DoorSignature signature, HttpRequest request, string[] parts)
    {
        if (signature.TimestampHeader is { } header)
            return request.Headers[header].ToString().Trim();
        return signature.TimestampName is { } name
            ? parts.Select(part => After(part.Trim(), name + "=")).OfType<string>().FirstOrDefault() ?? ""
            : "";
    }

    private static byte[] MacOf(DoorHash hash, byte[] secret, byte[] signed) =>
        hash switch
        {
#pragma warning disable CA5350 // One service signs so, and as a MAC it is sound (RFC 6194).
            DoorHash.Sha1 => HMACSHA1.HashData(secret, signed),
#pragma warning restore CA5350
            DoorHash.Sha512 => HMACSHA512.HashData(secret, signed),
            _ => HMACSHA256.HashData(secret, signed),
        };

    private static byte[]? Decode(DoorEncoding encoding, string text)
    {
        try
        {
            return encoding == DoorEncoding.Hex ? Convert.FromHexString(text) : Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>By their hashes, so that not even their length is told.</summary>
    private static string? RefuseSecret(IReadOnlyList<byte[]> secrets, string? given, string what)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(given ?? ""));
        bool isKnown = false;
        foreach (byte[] secret in secrets)
            isKnown |= CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(secret));
        return isKnown && given is not null ? null : $"The {what} of the post is not known here.";
    }

    private static string? PasswordIn(string header)
    {
        if (After(header, "Basic ") is not { } base64)
            return null;
        byte[] decoded = new byte[base64.Length];
        return Convert.TryFromBase64String(base64.Trim(), decoded, out int length) ? Encoding.UTF8.GetString(decoded, 0, length) : null;
    }

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : null;

    private static string Described(DoorSignature signature) =>
        $"\"{signature.Prefix}\" and {(signature.Encoding == DoorEncoding.Hex ? "hexadecimal digits" : "base64")}";
}
