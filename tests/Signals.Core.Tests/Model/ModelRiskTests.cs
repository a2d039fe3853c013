using System.Text;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class ModelRiskTests
{
    private const string Risk = """
        { "date": "2026-01-31", "horizonDays": 14, "data": { "name": "history.ndjson.gz", "sha256": "ab12", "accounts": 500, "churned": 40 },
          "crossValidated": { "folds": 5, "auc": 0.7, "aucFrom": 0.6, "aucTo": 0.8, "averagePrecision": 0.1, "topDecileLift": 3, "brier": 0.01, "referenceAuc": 0.69 },
          "levels": { "watch": 0.01, "at-risk": 0.03, "critical": 0.1 }, "intercept": -4.5,
          "later": [ { "fromDays": 14, "toDays": 30, "intercept": -3.1, "slope": 0.6, "decision": 0.4, "baseRate": 0.02 },
                     { "fromDays": 30, "toDays": 90, "intercept": -2.5, "slope": 0.4, "decision": 0, "baseRate": 0.05 } ],
          "weights": { "cause.usage-drop": { "weight": 0.5, "centre": 0, "scale": 0.3 }, "events.Video Watched": { "weight": -0.2, "centre": 3.5, "scale": 1.25 } } }
        """;

    [Fact]
    public void A_calibration_is_read_as_it_stands()
    {
        var risk = new ModelFile().With("risk", Risk).ReadValid().Risk!;

        Assert.Equal((new DateOnly(2026, 1, 31), 14, -4.5), (risk.Date, risk.HorizonDays, risk.Intercept));
        Assert.Equal(new CalibrationData("history.ndjson.gz", "ab12", 500, 40), risk.Data);
        Assert.Equal(new RiskThresholds(0.01, 0.03, 0.1), risk.Levels);
        Assert.Equal(new FeatureWeight(-0.2, 3.5, 1.25), risk.Weights["events.Video Watched"]);
        Assert.Equal(0.69, risk.CrossValidated!.ReferenceAuc);
        Assert.Equal([new LaterHazard(14, 30, -3.1, 0.6, 0.4, 0.02), new LaterHazard(30, 90, -2.5, 0.4, 0, 0.05)], risk.Later);
    }

    [Fact]
    public void Without_one_the_score_is_weighed_by_reason() => Assert.Null(new ModelFile().ReadValid().Risk);

    [Theory]
    [InlineData("\"scale\": 0.3", "\"scale\": 0", "risk.weights[\"cause.usage-drop\"].scale: found 0, expected a scale above 0")]
    [InlineData(
        "\"watch\": 0.01",
        "\"watch\": 0.05",
        "risk.levels.at-risk: found 0.03, expected a probability above \"watch\", which is 0.05"
    )]
    [InlineData("\"critical\": 0.1", "\"critical\": 1.5", "risk.levels.critical: found 1.5, expected a probability from")]
    [InlineData(
        "cause.usage-drop",
        "cause.usage-drp",
        "risk.weights[\"cause.usage-drp\"]: found a feature that this model does not have, expected one that it has: did you mean \"cause.usage-drop\"?; after a change of the model, calibrate again"
    )]
    [InlineData(
        "events.Video Watched",
        "events.Feed Read",
        "risk.weights[\"events.Feed Read\"]: found a feature that this model does not have"
    )]
    [InlineData("\"intercept\": -4.5,", "", "risk.intercept: found nothing, expected log-odds")]
    [InlineData("\"churned\": 40", "\"churned\": -1", "risk.data.churned: found -1, expected a count")]
    [InlineData("\"horizonDays\": 14", "\"horizonDays\": \"14\"", "risk.horizonDays: found \"14\", expected days")]
    [InlineData("\"fromDays\": 30", "\"fromDays\": 31", "risk.later: found a list, expected intervals without gaps, the next from day 30")]
    [InlineData("\"toDays\": 30", "\"toDays\": 14", "risk.later: found a list, expected intervals without gaps, the next from day 14")]
    [InlineData("\"slope\": 0.6", "\"slope\": -0.6", "risk.later[0].slope: found -0.6, expected a slope")]
    [InlineData("\"folds\": 5", "\"fold\": 5", "risk.crossValidated.fold: found an unknown property")]
    public void A_mistake_is_told_with_its_path(string right, string wrong, string error)
    {
        Assert.Contains(right, Risk, StringComparison.Ordinal);

        Assert.Contains(
            new ModelFile().With("risk", Risk.Replace(right, wrong, StringComparison.Ordinal)).Errors(),
            told => told.StartsWith(error, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Missing_parts_are_told() =>
        Assert.Equal(
            ["risk.date", "risk.horizonDays", "risk.data", "risk.intercept", "risk.weights", "risk.levels"],
            new ModelFile().With("risk", "{}").Read().Errors.Select(error => error.Path)
        );

    [Theory]
    [InlineData("{\n  // The product.\n  \"product\": \"Nimbus\",\n  \"value\": VALUE // what counts\n}\n")]
    [InlineData("{\n  \"product\": \"Nimbus\",\n  \"value\": VALUE, /* last, and a comma */\n}\n")]
    [InlineData("{\"value\":VALUE,\"product\":\"Nimbus\"}")]
    [InlineData("\uFEFF{\r\n  \"product\": \"Nimbus\",\r\n  \"value\": VALUE,\r\n  // the end\r\n}\r\n")]
    public void Putting_one_in_leaves_the_rest_of_the_file_as_it_was(string text)
    {
        text = text.Replace(
            "VALUE",
            """{ "unit": "minutes", "from": [{ "event": "Video Watched", "amount": 3 }] }""",
            StringComparison.Ordinal
        );
        var risk = new ModelFile().With("risk", Risk).ReadValid().Risk!;

        string once = Encoding.UTF8.GetString(RiskCalibrationText.Put(Encoding.UTF8.GetBytes(text), risk));
        string twice = Encoding.UTF8.GetString(RiskCalibrationText.Put(Encoding.UTF8.GetBytes(once), risk));

        var read = ValueModelReader.Read(Encoding.UTF8.GetBytes(once), CauseCatalogue.All);
        Assert.Empty(read.Errors);
        Assert.Equal(
            risk with
            {
                Weights = read.Model!.Risk!.Weights,
                Curves = read.Model.Risk.Curves,
                Later = read.Model.Risk.Later,
            },
            read.Model.Risk
        );
        Assert.Equal(risk.Weights, read.Model.Risk.Weights);
        Assert.Equal(risk.Later, read.Model.Risk.Later);
        Assert.Equal(once, twice);
        string rest = once.Remove(
            once.IndexOf("\"risk\"", StringComparison.Ordinal),
            once.LastIndexOf('}', once.LastIndexOf('}') - 1) + 1 - once.IndexOf("\"risk\"", StringComparison.Ordinal)
        );
        Assert.Equal(Squeezed(text), Squeezed(rest));
        Assert.Equal(text.Contains("\r\n", StringComparison.Ordinal), once.Contains("{\r\n    \"date\"", StringComparison.Ordinal));
    }

    /// <summary>Without space and the commas that a new last property needs.</summary>
    private static string Squeezed(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter != ','));
}
