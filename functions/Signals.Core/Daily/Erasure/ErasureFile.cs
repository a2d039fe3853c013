using System.Text;
using System.Text.Json;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Csv;
using Signals.Core.Platform.Serialization;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Reads who is to be forgotten from a file: JSON with <c>userIds</c>, <c>anonymousIds</c>, <c>addresses</c> and <c>accounts</c>, or CSV
/// whose first line names columns <c>user_id</c>, <c>anonymous_id</c>, <c>email</c> and <c>account</c>. A file with one entry that cannot
/// be read is refused whole: nobody is to be forgotten by a guess, or overlooked.
/// </summary>
public static class ErasureFile
{
    /// <summary>Entries of one file.</summary>
    public const int MaxEntries = 5000;

    private const int MaxIdChars = 1000;

    /// <summary>Reads JSON. Throws <see cref="ErasureFileException"/>.</summary>
    public static ErasureWish ReadJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = ForeignJson.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new ErasureFileException(
                    $"found {root.ValueKind}, expected an object with userIds, anonymousIds, addresses or accounts"
                );
            string[] known = ["userIds", "anonymousIds", "addresses", "accounts"];
            string? unknown = root.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !known.Contains(name));
            if (unknown is not null)
                throw new ErasureFileException($"found the member '{unknown}', expected {string.Join(", ", known)}");
            return Checked(
                new ErasureWish
                {
                    UserIds = Texts(root, "userIds"),
                    AnonymousIds = Texts(root, "anonymousIds"),
                    Addresses = Texts(root, "addresses"),
                    Groups = Texts(root, "accounts"),
                }
            );
        }
        catch (JsonException fault)
        {
            throw new ErasureFileException($"found no JSON ({fault.Message})");
        }
    }

    /// <summary>Reads CSV in UTF-8. Throws <see cref="ErasureFileException"/>.</summary>
    public static async Task<ErasureWish> ReadCsvAsync(ReadOnlyMemory<byte> csv, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
                .GetString(csv.Span)
                .TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new ErasureFileException("found bytes that are no UTF-8, expected CSV in UTF-8");
        }
        var reader = new CsvReader(new StringReader(text));
        if (await reader.ReadAsync(cancellationToken) is not { } head)
            throw new ErasureFileException("found no line, expected one that names the columns");
        string?[] columns = [.. head.Fields.Select(ColumnOf)];
        if (Array.TrueForAll(columns, column => column is null))
            throw new ErasureFileException("found no column that is known, expected user_id, anonymous_id, email or account");
        var read = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken) is { } record)
        {
            int before = read.Values.Sum(list => list.Count);
            for (int i = 0; i < record.Fields.Count && i < columns.Length; i++)
            {
                string field = record.Fields[i].Trim();
                if (columns[i] is not { } column || field.Length == 0)
                    continue;
                if (!read.TryGetValue(column, out var list))
                    read[column] = list = [];
                list.Add(field);
            }
            if (record.Fault is { } fault)
                throw new ErasureFileException($"line {record.Line}: {fault}");
            if (read.Values.Sum(list => list.Count) == before)
                throw new ErasureFileException($"line {record.Line}: found nobody, expected an id or an address");
        }
        return Checked(
            new ErasureWish
            {
                UserIds = read.GetValueOrDefault("user") ?? [],
                AnonymousIds = read.GetValueOrDefault("anonymous") ?? [],
                Addresses = read.GetValueOrDefault("email") ?? [],
                Groups = read.GetValueOrDefault("account") ?? [],
            }
        );
    }

    /// <summary>The wish, if everybody in it can be looked for. Throws <see cref="ErasureFileException"/>.</summary>
    public static ErasureWish Checked(ErasureWish wish)
    {
        int entries = wish.UserIds.Count + wish.AnonymousIds.Count + wish.Addresses.Count + wish.Groups.Count;
        if (entries is 0 or > MaxEntries)
            throw new ErasureFileException($"found {entries} entries, expected 1 to {MaxEntries}");
        foreach (string id in wish.UserIds.Concat(wish.AnonymousIds).Concat(wish.Groups))
        {
            if (string.IsNullOrWhiteSpace(id) || id.Length > MaxIdChars)
                throw new ErasureFileException($"found an id of {id.Length} characters, expected 1 to {MaxIdChars}");
        }
        if (wish.Addresses.FirstOrDefault(address => Mailbox.Parse(address) is null) is { } odd)
            throw new ErasureFileException($"found '{odd}', expected a mail address");
        return wish;
    }

    private static string? ColumnOf(string name) =>
        name.Trim().Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() switch
        {
            "userid" or "id" or "user" => "user",
            "anonymousid" => "anonymous",
            "email" or "address" or "emailaddress" => "email",
            "account" or "groupid" or "accountid" => "account",
            _ => null,
        };

    private static List<string> Texts(JsonElement root, string name)
    {
        var texts = new List<string>();
        if (!root.TryGetProperty(name, out var list))
            return texts;
        if (list.ValueKind != JsonValueKind.Array)
            throw new ErasureFileException($"{name}: found {list.ValueKind}, expected an array of texts");
        foreach (var entry in list.EnumerateArray())
        {
            texts.Add(
                entry.ValueKind switch
                {
                    JsonValueKind.String => entry.GetString()!,
                    JsonValueKind.Number => entry.GetRawText(),
                    _ => throw new ErasureFileException($"{name}: found {entry.ValueKind}, expected texts"),
                }
            );
        }
        return texts;
    }
}

/// <summary>A file of people to be forgotten that cannot be taken: what was found, and what was expected.</summary>
public sealed class ErasureFileException(string message) : Exception(message);
