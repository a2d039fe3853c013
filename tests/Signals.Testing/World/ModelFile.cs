using System.Text;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Xunit;

namespace Signals.Testing.World;

/// <summary>Builds a model file: a small valid one, in which sections are added or replaced.</summary>
public sealed class ModelFile
{
    private readonly Dictionary<string, string> _sections = new(StringComparer.Ordinal)
    {
        ["product"] = "\"Nimbus\"",
        ["value"] = """{ "unit": "minutes", "from": [{ "event": "Video Watched", "amount": 3 }] }""",
    };

    public static string SamplesFolder { get; } = Path.Combine(Repository.Root, "samples");

    public ModelFile With(string section, string json)
    {
        _sections[section] = json;
        return this;
    }

    public ModelFile Without(string section)
    {
        _sections.Remove(section);
        return this;
    }

    /// <summary>Features "export" and "feeds", a step "import", plans "free" and "pro": something to refer to.</summary>
    public ModelFile WithThingsToName() =>
        this.With("features", """[{ "id": "export", "events": ["Exported"] }, { "id": "feeds", "events": ["Fed"] }]""")
            .With("onboarding", """[{ "id": "import", "done": ["Imported"] }]""")
            .With("plans", """{ "free": { "price": 0 }, "pro": { "price": 99, "seats": 10 } }""");

    /// <summary>With events that say that somebody answered, and that a ticket was solved.</summary>
    public ModelFile WithThingsToAsk() =>
        this.With("feedback", """{ "nps": ["NPS Answered"], "csat": ["CSAT Answered"], "ces": ["CES Answered"] }""")
            .With("tickets", """{ "solved": ["Ticket Solved"] }""");

    public ModelReading Read() => Read(ToString());

    public ValueModel ReadValid()
    {
        var reading = Read();
        Assert.Empty(reading.Errors);
        return reading.Model!;
    }

    public static ModelReading Read(string json) => ValueModelReader.Read(Encoding.UTF8.GetBytes(json), CauseCatalogue.All);

    public static string[] ErrorsOf(string json) => [.. Read(json).Errors.Select(error => error.ToString())];

    public string[] Errors() => ErrorsOf(ToString());

    public override string ToString() => $"{{{string.Join(",\n", _sections.Select(section => $"\"{section.Key}\": {section.Value}"))}}}";
}
