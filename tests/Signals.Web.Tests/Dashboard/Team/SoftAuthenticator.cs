using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signals.Web.Tests.Dashboard.Team;

/// <summary>A passkey in software: makes a key for a page's question and signs others, as honestly as a test wants it.</summary>
internal sealed class SoftAuthenticator : IDisposable
{
    public const string Origin = "https://signals.nimbus.example";

    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte HasKey = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] CredentialId { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>Whose key it says it is.</summary>
    public string UserHandle { get; set; } = "";

    /// <summary>What the next signature counts.</summary>
    public uint Count { get; set; }

    /// <summary>The origin that the browser says asked.</summary>
    public string SaidOrigin { get; set; } = Origin;

    /// <summary>The domain that the key is bound to.</summary>
    public string Domain { get; set; } = "signals.nimbus.example";

    /// <summary>The answer to a page that asks for a new key.</summary>
    public string Create(string options)
    {
        var asked = JsonNode.Parse(options)!;
        UserHandle = (string)asked["user"]!["id"]!;
        byte[] clientData = ClientData("webauthn.create", asked);
        byte[] data =
        [
            .. AuthenticatorData(Present | Verified | HasKey),
            .. new byte[16],
            .. BigEndian((ushort)CredentialId.Length),
            .. CredentialId,
            .. CosePublicKey(),
        ];
        // { "fmt": "none", "attStmt": {}, "authData": data }
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), .. Bytes(data)];
        return Answer(
            new JsonObject
            {
                ["clientDataJSON"] = Url(clientData),
                ["attestationObject"] = Url(attestation),
                ["transports"] = new JsonArray("internal"),
            }
        );
    }

    /// <summary>The answer to a page that asks for a signature.</summary>
    public string Sign(string options)
    {
        byte[] clientData = ClientData("webauthn.get", JsonNode.Parse(options)!),
            data = AuthenticatorData(Present | Verified);
        byte[] signature = _key.SignData(
            [.. data, .. SHA256.HashData(clientData)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Answer(
            new JsonObject
            {
                ["clientDataJSON"] = Url(clientData),
                ["authenticatorData"] = Url(data),
                ["signature"] = Url(signature),
                ["userHandle"] = UserHandle,
            }
        );
    }

    public void Dispose() => _key.Dispose();

    private string Answer(JsonObject response) =>
        new JsonObject
        {
            ["id"] = Url(CredentialId),
            ["rawId"] = Url(CredentialId),
            ["type"] = "public-key",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = response,
        }.ToJsonString();

    private byte[] ClientData(string type, JsonNode asked) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["type"] = type,
                ["challenge"] = (string)asked["challenge"]!,
                ["origin"] = SaidOrigin,
                ["crossOrigin"] = false,
            }
        );

    private byte[] AuthenticatorData(byte flags)
    {
        byte[] count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Domain)), flags, .. count];
    }

    /// <summary>{ 1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y }.</summary>
    private byte[] CosePublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. Bytes(point.X!), 0x22, .. Bytes(point.Y!)];
    }

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Bytes(byte[] bytes) =>
        bytes.Length < 256 ? [0x58, (byte)bytes.Length, .. bytes] : [0x59, .. BigEndian((ushort)bytes.Length), .. bytes];

    private static byte[] BigEndian(ushort number) => [(byte)(number >> 8), (byte)number];

    private static string Url(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
