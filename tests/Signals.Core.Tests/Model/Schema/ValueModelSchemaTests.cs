using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model.Schema;

/// <summary>
/// Holds the schema that editors are given to the reader, both ways, and the reference page to both: what is served is made of the reader's
/// shape and the page's words.
/// </summary>
public sealed partial class ValueModelSchemaTests
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly string Served = Path.Combine(
        ModelFile.SamplesFolder,
        "..",
        "functions",
        "Signals.Web",
        "Schemas",
        "value-model.json"
    );

    private static readonly JsonSchema Schema = JsonSchema.FromText(SchemaTree.Bare.ToJsonString());

    /// <summary>Values of every kind, most of them wrong in most places.</summary>
    private static readonly string[] Values =
    [
        "null",
        "true",
        "false",
        "-1",
        "0",
        "0.05",
        "0.5",
        "1",
        "2",
        "5",
        "7",
        "7.5",
        "91",
        "366",
        "5000",
        "1e15",
        "\"\"",
        "\" \"",
        "\"a\\tb\"",
        "\"some words\"",
        "\"export\"",
        "\"*\"",
        "\"ann@nimbus.example\"",
        "\"https://nimbus.example/x\"",
        "\"http://nimbus.example/x\"",
        "\"20:00\"",
        "\"2026-06-30\"",
        "\"2026-06-30T08:00:00Z\"",
        "\"fr-CA\"",
        "\"USD\"",
        "\"FR\"",
        "\"Europe/Paris\"",
        "[]",
        "[\"export\"]",
        "[\"Exported\", \"Exported\"]",
        "[7, 30]",
        "[{}]",
        "{}",
        "{ \"en\": \"words\" }",
        "{ \"en\": \"words\", \"xx\": \"words\" }",
    ];

    /// <summary>
    /// What only reading can say: whether a name is some zone's, whether an address is one, whether a link may go to customers, whether a
    /// date is in the calendar, whether all languages are there.
    /// </summary>
    private static readonly string[] Looser =
    [
        "timezone",
        "email",
        "to",
        "csms",
        "domains",
        "help",
        "url",
        // Ids of something, and words of a list.
        "feature",
        "step",
        "plan",
        "plans",
        "only",
        "except",
        "allow",
        "steps",
        "varieties",
        "guarantees",
        // What another number or setting bounds.
        "most",
        "activeDays",
        "forgetDays",
        "accountDays",
        "on",
        "at-risk",
        "critical",
        // Whether a text is a path, and what goes with what.
        "type",
        "key",
        "time",
        "account",
        "user",
        "email",
        "link",
        "value",
        "each",
        "currency",
        "times",
        "every",
        "count",
        "scale",
        "to",
        "items",
        "set",
        "signed",
        "timestampHeader",
        "idHeader",
        "event",
        // Intervals without gaps.
        "fromDays",
        "toDays",
    ];

    [Fact]
    public void What_is_served_is_the_readers_shape_with_the_references_words()
    {
        string expected = SchemaTree.Described(ModelReference.Read()).ToJsonString(Layout).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("SIGNALS_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(Served, expected);

        Assert.Equal(expected, File.ReadAllText(Served));
    }

    [Fact]
    public void Every_property_is_in_the_reference()
    {
        var said = ModelReference.Read();

        string[] missing =
        [
            .. SchemaTree
                .Places(SchemaTree.Bare)
                .Select(place => SchemaTree.Documented(place.Path, said))
                .Where(path => path is not "$schema" && !IsSaid(path, said))
                .Distinct(StringComparer.Ordinal),
        ];

        Assert.Empty(missing);
    }

    [Fact]
    public void Everything_in_the_reference_is_a_property()
    {
        var said = ModelReference.Read();
        var places = SchemaTree.Places(SchemaTree.Bare).Select(place => SchemaTree.Documented(place.Path, said)).ToHashSet();

        Assert.True(said.Count > 130);
        Assert.DoesNotContain(said.Keys, path => !places.Contains(path));
    }

    [Fact]
    public void The_samples_and_the_example_of_the_reference_are_right_by_it()
    {
        string page = File.ReadAllText(Path.Combine(ModelFile.SamplesFolder, "..", "docs", "value-model.md")).ReplaceLineEndings("\n");
        string example = page.Split("```jsonc\n")[1].Split("```")[0];
        string[] models = [example, .. Directory.GetFiles(ModelFile.SamplesFolder, "*.json").Select(File.ReadAllText)];

        Assert.Equal(4, models.Length);
        Assert.All(models, model => Assert.Equal("", Complaint(model)));
    }

    [Fact]
    public void A_file_may_say_where_its_schema_is_and_means_the_same()
    {
        const string Rest =
            "\"product\": \"Nimbus\", \"value\": { \"unit\": \"minutes\", \"from\": [{ \"event\": \"Shared\", \"amount\": 1 }] } }";

        var with = ModelFile.Read("{ \"$schema\": \"https://signals.example/schemas/value-model.json\", " + Rest);

        Assert.Empty(with.Errors);
        Assert.Equal(ModelFile.Read("{ " + Rest).Model!.Fingerprint, with.Model!.Fingerprint);
    }

    /// <summary>Every value at every place: what reading takes the schema takes, and what reading refuses for what it is, it refuses.</summary>
    [Fact]
    public void Reading_and_schema_agree_on_every_value_at_every_place()
    {
        var places = SchemaTree.Places(SchemaTree.Bare);
        var stricter = new List<string>();
        var looser = new List<string>();
        foreach (var (path, schema) in places.Where(place => place.Path != "$schema"))
        {
            foreach (string value in (string[])[.. Values, .. Edges(schema)])
            {
                if (Instance.With(path, value) is not { } model)
                    continue;
                bool isRead = !ModelFile.Read(model).Errors.Any(error => IsAt(error.Path, path));
                bool isRight = Complaint(model).Length == 0;
                if (isRead && !isRight)
                    stricter.Add($"{path} = {value}: {Complaint(model)}");
                else if (!isRead && isRight && !Looser.Contains(path.Split('.')[^1].TrimEnd('[', ']')))
                    looser.Add($"{path} = {value}: {ModelFile.Read(model).Errors.First(error => IsAt(error.Path, path))}");
            }
        }

        Assert.True(stricter.Count == 0, string.Join('\n', stricter));
        Assert.True(looser.Count == 0, string.Join('\n', looser));
        Assert.True(places.Count > 300);
    }

    private static bool IsSaid(string path, IReadOnlyDictionary<string, string> said)
    {
        // What is made of named parts is said with them: "faq", a list of { "q", "a" }.
        while (true)
        {
            if (
                said.ContainsKey(path)
                || said.Keys.Any(key =>
                    key.StartsWith(path + ".", StringComparison.Ordinal) || key.StartsWith(path + "[]", StringComparison.Ordinal)
                )
            )
                return true;
            int end = path.LastIndexOf('.');
            if (end < 0)
                return false;
            path = path[..end].Replace("[]", "", StringComparison.Ordinal) is var up && said.ContainsKey(up) ? up : path[..end];
        }
    }

    /// <summary>Whether an error is of a place, or of something in it.</summary>
    private static bool IsAt(string error, string path)
    {
        string at = IndexPattern().Replace(error, "[]");
        string place = path.Replace(".*", ".any", StringComparison.Ordinal);
        return at == place || at.StartsWith(place + ".", StringComparison.Ordinal) || at.StartsWith(place + "[", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Edges(JsonObject schema)
    {
        foreach (string bound in (string[])["minimum", "maximum", "exclusiveMinimum"])
        {
            if (schema[bound] is JsonValue number)
                yield return number.ToJsonString();
        }
        foreach (var choice in schema["enum"] as JsonArray ?? [])
            yield return choice!.ToJsonString();
    }

    private static string Complaint(string model)
    {
        using var document = JsonDocument.Parse(model, Lenient);
        var results = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? ""
            : string.Join(
                "; ",
                results
                    .Details!.Where(detail => detail.Errors is { Count: > 0 })
                    .Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")
            );
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IndexPattern();
}
