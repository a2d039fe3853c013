using System.Text.Json;

namespace Signals.Core.Model.Reading;

/// <summary>
/// Reads the value model file: UTF-8 JSON of at most 1 MiB, in which comments and trailing commas are welcome.
/// No input throws; a file that is not as docs/value-model.md says is answered with every mistake in it at once.
/// The causes that it may name are given.
/// </summary>
public static class ValueModelReader
{
    /// <summary>Where an editor finds the schema; not a part of the model.</summary>
    internal const string SchemaProperty = "$schema";

    private static readonly Dictionary<string, AccountsMode> AccountsModes = new(StringComparer.Ordinal)
    {
        ["person"] = AccountsMode.Person,
        ["group"] = AccountsMode.Group,
    };

    /// <summary>A file that is absent or cannot be opened is one error, whose path is the file's.</summary>
    public static ModelReading ReadFile(string path, IReadOnlyList<CauseSection> causes)
    {
        try
        {
            return Read(File.ReadAllBytes(path), causes);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(null, [new(path, "no file", "a value model file")]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new(null, [new(path, $"what cannot be read ({fault.Message.TrimEnd('.')})", "a value model file")]);
        }
    }

    public static ModelReading Read(ReadOnlySpan<byte> json, IReadOnlyList<CauseSection> causes)
    {
        var root = ModelText.Parse(json, out var broken);
        if (root is null)
            return new(null, [broken!]);
        if (root.Kind != JsonValueKind.Object)
            return new(null, [new(ModelText.WholeFile, root.Describe(), "an object with at least \"product\" and \"value\"")]);

        var faults = new Faults(() => ModelPlaces.Of(causes));
        var references = new References(faults);
        var reader = new ObjectReader(new(root, ""), faults, references);
        var model = ReadModel(reader, causes);
        model = model with { Risk = RiskSection.Read(reader, faults.Any ? null : model, causes) };
        reader.Close();
        references.Check(model.Locales);
        return faults.Any ? new(null, faults.InFileOrder(json)) : new(model with { Fingerprint = ModelFingerprint.Of(root) }, []);
    }

    /// <summary>What may stand in a model file, as JSON Schema: what the reader asks for where there is no file.</summary>
    internal static ModelShape Shape(IReadOnlyList<CauseSection> causes)
    {
        var shape = new ModelShape();
        var reader = new ObjectReader(new(ModelShape.Nothing, ""), Untold(), new References(Untold()), shape);
        ReadModel(reader, causes);
        RiskSection.Read(reader, others: null, causes);
        return shape;

        static Faults Untold() => new(() => throw new InvalidOperationException("Where there is no file there is no mistake."));
    }

    private static ValueModel ReadModel(ObjectReader model, IReadOnlyList<CauseSection> causes)
    {
        model.Read(SchemaProperty, Expect.Reference, "");
        var accounts = model.Read("accounts", Expect.OneOf(AccountsModes), AccountsMode.Person);
        var doors = DoorsSection.Read(model);
        var billing = DoorNames.Complete(CustomerSections.ReadBilling(model), doors);
        var feedback = DoorNames.Complete(CustomerSections.ReadFeedback(model), doors);
        var tickets = DoorNames.Complete(CustomerSections.ReadTickets(model), doors);
        var read = new ValueModel
        {
            Product = model.Require("product", Expect.Name, ""),
            Accounts = accounts,
            Currency = model.Read("currency", Expect.Currency, "USD"),
            TimeZone = model.Read("timezone", Expect.TimeZone, TimeZoneInfo.Utc),
            Locales = ReadLocales(model),
            Value = ProductSections.ReadValue(model),
            Features = ProductSections.ReadFeatures(model),
            Reach = ProductSections.ReadReach(model),
            Onboarding = ProductSections.ReadOnboarding(model),
            Friction = ProductSections.ReadFriction(model),
            Goals = ProductSections.ReadGoals(model),
            Feedback = feedback,
            Surveys = SurveysSection.Read(model, feedback, tickets),
            Tickets = tickets,
            LeaveIntent = CustomerSections.ReadLeaveIntent(model),
            Expansion = CustomerSections.ReadExpansion(model),
            Churn = CustomerSections.ReadChurn(model),
            Billing = billing,
            People = CustomerSections.ReadPeople(model),
            Ids = CustomerSections.ReadIds(model),
            OptOut = OptOutSection.Read(model),
            Keep = CustomerSections.ReadKeep(model, accounts),
            Facts = CustomerSections.ReadFacts(model),
            Plans = CustomerSections.ReadPlans(model),
            Sunsets = CustomerSections.ReadSunsets(model),
            PlanSunsets = PlanSunsetsSection.Read(model),
            Causes = CausesSection.Read(model, causes),
            Playbooks = PlaybooksSection.Read(model, billing, causes),
            Outreach = OutreachSections.ReadOutreach(model),
            Incidents = OutreachSections.ReadIncidents(model),
            Alerts = OutreachSections.ReadAlerts(model),
            Webhooks = WebhooksSection.Read(model),
            Doors = doors,
        };
        return DoorNames.Complete(read with { Segments = SegmentsSection.Read(model, read.Features) });
    }

    /// <summary>Absent: English. An empty list would leave nobody to write to, so it is a mistake.</summary>
    private static IReadOnlyList<string> ReadLocales(ObjectReader model)
    {
        model.Tell("locales", () => ModelShape.ListOf(Expect.Locale.Schema(), required: true, unique: true));
        var locales = model.List("locales", Expect.Locale);
        if (locales is { Count: 0 } && model.Find("locales") is { Node.Items.Count: 0 })
            model.RefuseProperty("locales", "at least one locale, such as \"en\"", "an empty list");
        return locales ?? ["en"];
    }
}
