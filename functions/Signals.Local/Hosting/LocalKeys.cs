using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Signals.Local.Storage;

namespace Signals.Local.Hosting;

/// <summary>
/// The secrets of one data folder, made on first use and kept in <c>keys.json</c>, which only its owner can read. The recipient key lives
/// as long as the data: it names partitions.
/// </summary>
public sealed record LocalKeys(byte[] RecipientKey, IReadOnlyList<byte[]> UnsubscribeKeys, string WriteKey, string ApiToken)
{
    private const string FileName = "keys.json";

    /// <summary>New keys would forget everybody who unsubscribed, so none are made for data that is there.</summary>
    private const string Expected =
        "the keys that this data folder was made with, for they know who wants no mail; put keys.json back from the backup. "
        + "If it is lost for good, begin with another folder (--data) and import who wants no mail before anything else: "
        + "signals suppressions import";
    private const int KeyBytes = 32;

    private const string BrowserKeyPurpose = "signals.browser-write-key.v1";

    /// <summary>
    /// The folder's key for pages and apps. Made of the recipient key, so that folders from before keys had kinds have one too; nothing of
    /// the other can be told from it.
    /// </summary>
    [JsonIgnore]
    public string BrowserWriteKey =>
        Convert.ToHexStringLower(HMACSHA256.HashData(RecipientKey, Encoding.UTF8.GetBytes(BrowserKeyPurpose)).AsSpan(0, 16));

    /// <summary>Reads the folder's keys, or makes them. Throws <see cref="DataFileException"/> when the file is not one of ours.</summary>
    public static LocalKeys Open(string dataFolder)
    {
        string path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
        {
            if (File.Exists(Path.Combine(dataFolder, SqliteDatabase.FileName)))
                throw new DataFileException(path, $"no such file beside {SqliteDatabase.FileName}", Expected);
            return Create(path);
        }
        PrivateFiles.Close(path);
        try
        {
            var keys = JsonSerializer.Deserialize(File.ReadAllBytes(path), LocalJson.Default.LocalKeys);
            return keys is { RecipientKey.Length: >= 16, UnsubscribeKeys.Count: > 0, WriteKey.Length: > 0, ApiToken.Length: > 0 }
                ? keys
                : throw new DataFileException(path, "a file without some of the keys", Expected);
        }
        catch (JsonException)
        {
            throw new DataFileException(path, "a file that is not JSON", Expected);
        }
    }

    private static LocalKeys Create(string path)
    {
        var keys = new LocalKeys(
            RandomNumberGenerator.GetBytes(KeyBytes),
            [RandomNumberGenerator.GetBytes(KeyBytes)],
            RandomNumberGenerator.GetHexString(32, lowercase: true),
            RandomNumberGenerator.GetHexString(40, lowercase: true)
        );
        PrivateFiles.Write(path, file => JsonSerializer.Serialize(file, keys, LocalJson.Default.LocalKeys), overwrite: false);
        return keys;
    }

    /// <summary>Never the keys themselves, so that they can't end in a log.</summary>
    public override string ToString() => nameof(LocalKeys);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(LocalKeys))]
internal sealed partial class LocalJson : JsonSerializerContext;
