using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>The calibrated risk score, as <c>signals calibrate</c> writes it.</summary>
internal static class RiskSection
{
    private static readonly Expected<double> LogOdds = Expect.Number("log-odds", -1_000, 1_000);
    private static readonly Expected<double> Centre = Expect.Number("a centre", -1e12, 1e12);
    private static readonly Expected<double> Scale = Expect.Positive("a scale", 1e12);
    private static readonly Expected<double> Probability = Expect.Number("a probability", 1e-9, 0.999999999);
    private static readonly Expected<double> Share = Expect.Number("a share", 0, 1);
    private static readonly Expected<int> Count = Expect.Whole("a count", 0, int.MaxValue);

    /// <param name="model">The file.</param>
    /// <param name="others">The rest of it: which features there are depends on what it names; null when it has mistakes.</param>
    /// <param name="causes">The causes there are.</param>
    public static RiskCalibration? Read(ObjectReader model, ValueModel? others, IReadOnlyList<CauseSection> causes) =>
        model.Object("risk", risk => ReadCalibration(risk, others, causes));

    private static RiskCalibration ReadCalibration(ObjectReader risk, ValueModel? others, IReadOnlyList<CauseSection> causes)
    {
        var date = risk.Require("date", Expect.Date, DateOnly.MinValue);
        int horizonDays = risk.Require("horizonDays", Expect.Whole("days", 1, 366), 1);
        return new RiskCalibration
        {
            Date = date,
            HorizonDays = horizonDays,
            Data = risk.RequireObject("data", "an object with the history that was fitted", ReadData) ?? new("", null, 0, 0),
            Intercept = risk.Require("intercept", LogOdds, 0),
            Weights = ReadWeights(risk, others, causes),
            Curves = ReadCurves(risk, others, causes),
            Later = ReadLater(risk, horizonDays),
            BaseRate = risk.ReadOptional("baseRate", Share),
            Levels =
                risk.RequireObject("levels", "an object with the probabilities at which levels begin", ReadLevels) ?? new(0.25, 0.5, 0.75),
            CrossValidated = risk.Object("crossValidated", ReadFigures),
        };
    }

    private static CalibrationData ReadData(ObjectReader data) =>
        new(
            data.Require("name", Expect.Name, ""),
            data.Read<string?>("sha256", Expect.OrNull(Expect.Name), null),
            data.Require("accounts", Count, 0),
            data.Require("churned", Count, 0)
        );

    private static IReadOnlyList<LaterHazard> ReadLater(ObjectReader risk, int horizonDays)
    {
        int from = horizonDays;
        var later = risk.Objects(
            "later",
            "a list of intervals after the horizon",
            interval => new LaterHazard(
                interval.Require("fromDays", Expect.Whole("days", 1, 3660), 1),
                interval.Require("toDays", Expect.Whole("days", 1, 3660), 2),
                interval.Require("intercept", LogOdds, 0),
                interval.Require("slope", Expect.Number("a slope", 0, 10), 0),
                interval.Require("decision", LogOdds, 0),
                interval.Require("baseRate", Share, 0)
            )
        );
        foreach (var interval in later ?? [])
        {
            if (interval.FromDays != from || interval.ToDays <= from)
            {
                risk.RefuseProperty("later", $"intervals without gaps, the next from day {from} to a later one");
                break;
            }
            from = interval.ToDays;
        }
        return later ?? [];
    }

    private static RiskThresholds ReadLevels(ObjectReader levels)
    {
        var read = new RiskThresholds(
            levels.Require("watch", Probability, 0.25),
            levels.Require("at-risk", Probability, 0.5),
            levels.Require("critical", Probability, 0.75)
        );
        if (levels.Has("at-risk") && levels.Has("watch") && read.AtRisk <= read.Watch)
            levels.RefuseProperty("at-risk", $"a probability above \"watch\", which is {read.Watch}");
        if (levels.Has("critical") && levels.Has("at-risk") && read.Critical <= read.AtRisk)
            levels.RefuseProperty("critical", $"a probability above \"at-risk\", which is {read.AtRisk}");
        return read;
    }

    private static Dictionary<string, FeatureWeight> ReadWeights(ObjectReader risk, ValueModel? others, IReadOnlyList<CauseSection> causes)
    {
        risk.TellRule("anyOf", () => new JsonArray(ModelShape.Requires("weights"), ModelShape.Requires("curves")));
        if (!risk.Has("weights") && !risk.Has("curves"))
            risk.RequireObject<object>("weights", "an object of weights by feature", _ => risk);
        return ByFeature(
            risk,
            "weights",
            "an object of weights by feature",
            "an object with weight, centre and scale",
            FeaturesOf(others, causes),
            reader => new FeatureWeight(
                reader.Require("weight", LogOdds, 0),
                reader.Require("centre", Centre, 0),
                reader.Require("scale", Scale, 1)
            )
        );
    }

    private static Dictionary<string, IReadOnlyList<CurvePoint>> ReadCurves(
        ObjectReader risk,
        ValueModel? others,
        IReadOnlyList<CauseSection> causes
    ) =>
        ByFeature(
            risk,
            "curves",
            "an object of curves by feature",
            "an object with points",
            FeaturesOf(others, causes),
            reader =>
            {
                var points = reader.Objects(
                    "points",
                    "a list of points",
                    point => new CurvePoint(point.Require("at", Centre, 0), point.Require("adds", LogOdds, 0)),
                    required: true
                );
                if (points is { Count: < 2 } || points?.Zip(points.Skip(1)).Any(pair => pair.Second.At <= pair.First.At) == true)
                    reader.RefuseProperty("points", "two points or more, each \"at\" above the one before");
                return points;
            }
        );

    private static HashSet<string>? FeaturesOf(ValueModel? others, IReadOnlyList<CauseSection> causes) =>
        others is null ? null : RiskFeatureIds.Of(others, causes.Select(cause => cause.Id)).ToHashSet(StringComparer.Ordinal);

    private static Dictionary<string, T> ByFeature<T>(
        ObjectReader risk,
        string name,
        string expected,
        string each,
        HashSet<string>? features,
        Func<ObjectReader, T?> read
    )
        where T : class
    {
        var byFeature = new Dictionary<string, T>(StringComparer.Ordinal);
        risk.Map(
            name,
            expected,
            (property, found) =>
            {
                if (features is not null && !features.Contains(property.Name))
                {
                    string nearest = NearestName.Of(property.Name, features) is { } known
                        ? $": did you mean {ModelNode.Quote(known)}?"
                        : "";
                    risk.RefuseEntry(
                        found,
                        "a feature that this model does not have",
                        $"one that it has{nearest}; after a change of the model, calibrate again"
                    );
                }
                else if (byFeature.ContainsKey(property.Name))
                    risk.RefuseEntry(found, $"{ModelNode.Quote(property.Name)} a second time", "each feature once");
                var value = risk.Nested(found, each, read);
                if (value is not null)
                    byFeature[property.Name] = value;
                return value;
            }
        );
        return byFeature;
    }

    private static CalibrationFigures ReadFigures(ObjectReader figures) =>
        new(
            figures.Require("folds", Expect.Whole("folds", 2, 100), 2),
            figures.Require("auc", Share, 0),
            figures.Require("aucFrom", Share, 0),
            figures.Require("aucTo", Share, 0),
            figures.Require("averagePrecision", Share, 0),
            figures.Require("topDecileLift", Expect.Number("a lift", 0, 10), 0),
            figures.Require("brier", Share, 0),
            figures.Require("referenceAuc", Share, 0)
        );
}
