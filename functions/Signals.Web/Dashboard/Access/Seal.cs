using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Web.Dashboard.Access;

/// <summary>Texts that only this app can have made: the text, a dot, and its HMAC-SHA256 under a key made of the API token.</summary>
/// <param name="apiToken">Another one breaks every seal.</param>
/// <param name="purpose">A text sealed for one purpose is not one for another.</param>
internal sealed class Seal(string apiToken, string purpose)
{
    private readonly byte[] _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(apiToken), Encoding.UTF8.GetBytes(purpose));

    public string Close(string text) => $"{text}.{Sign(text)}";

    /// <summary>The text, or null when the seal is not ours. Takes the same time however much of it is right.</summary>
    public string? Open(string sealedText)
    {
        int dot = sealedText.LastIndexOf('.');
        if (dot <= 0)
            return null;
        string text = sealedText[..dot];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sealedText[(dot + 1)..]), Encoding.UTF8.GetBytes(Sign(text)))
            ? text
            : null;
    }

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
}
