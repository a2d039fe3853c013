using System.Text;
using Signals.Core.Model;
using Signals.Core.Model.Doors;

namespace Signals.Web.Doors;

/// <summary>
/// By which secrets the posts of other services are known: <c>door=secret</c>, separated by commas. A door named twice takes posts by both,
/// so that a secret can be changed without one being refused.
/// </summary>
public sealed class DoorSecrets
{
    /// <summary>What a setting holds, for whoever set another thing.</summary>
    public const string Expected =
        "\"door=secret\" for each door of the model, separated by commas, the secret of 16 to 512 characters as the service shows it";

    private const int LeastChars = 16;
    private const int MostChars = 512;
    private const int MaxOfDoor = 3;
    private const string StandardPrefix = "whsec_";

    private readonly ILookup<string, string> _secrets;

    private DoorSecrets(IEnumerable<(string Door, string Secret)> secrets) =>
        _secrets = secrets.ToLookup(one => one.Door, one => one.Secret, StringComparer.Ordinal);

    public static DoorSecrets None { get; } = new([]);

    /// <summary>As bytes, by which a MAC is made; none for a door that is closed for want of one.</summary>
    public IReadOnlyList<byte[]> Of(Door door) => [.. _secrets[door.Id].Select(secret => KeyOf(door.Signature, secret)).OfType<byte[]>()];

    /// <summary>Null for what cannot be used; none for no text.</summary>
    public static DoorSecrets? Parse(string? text)
    {
        var secrets = new List<(string, string)>();
        foreach (string part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || part.Length - at - 1 is < LeastChars or > MostChars)
                return null;
            secrets.Add((part[..at].Trim(), part[(at + 1)..].Trim()));
        }
        var read = new DoorSecrets(secrets);
        return read._secrets.All(own => own.Count() <= MaxOfDoor) ? read : null;
    }

    /// <summary>The first door of a model without a secret that fits how its posts are signed; null when each has one.</summary>
    public Door? MissingIn(ValueModel model) =>
        model.Doors.FirstOrDefault(door => !_secrets.Contains(door.Id) || Of(door).Count < _secrets[door.Id].Count());

    /// <summary>Never what it holds: secrets must not end in a log.</summary>
    public override string ToString() => nameof(DoorSecrets);

    private static byte[]? KeyOf(DoorSignature signature, string secret)
    {
        if (!signature.IsBase64Secret)
            return Encoding.UTF8.GetBytes(secret);
        string base64 = secret.StartsWith(StandardPrefix, StringComparison.Ordinal) ? secret[StandardPrefix.Length..] : secret;
        byte[] key = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, key, out int length) && length > 0 ? key[..length] : null;
    }
}
