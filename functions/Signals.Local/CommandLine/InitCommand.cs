using System.CommandLine;
using System.Globalization;
using Signals.Backtesting.Inference;
using Signals.Local.Backtest;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals init</c>: asks a few questions, or takes the answers as options, and writes a value model with comments; with
/// <c>--events</c> what is not said is inferred.
/// </summary>
public static class InitCommand
{
    public static Command Create()
    {
        var options = new Options();
        var command = new Command("init", "Writes a value model from a few answers: asked for on a terminal, given as options in scripts.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => new Run(options, parsed, cancellationToken).RunAsync());
        return command;
    }

    private sealed class Options
    {
        public readonly Option<string?> Product = new("--product")
        {
            HelpName = "NAME",
            Description = "What customers know the product as.",
        };
        public readonly Option<string?> Accounts = new("--accounts")
        {
            HelpName = "person|group",
            Description = "Who pays: every person, or companies.",
        };
        public readonly Option<string[]> Value = new("--value")
        {
            HelpName = "EVENT[:PROPERTY|:AMOUNT]",
            Description =
                "An event that gives value; with the property that says how long it took (seconds, ms, minutes), or an amount "
                + "each time. Repeatable.",
        };
        public readonly Option<string[]> Feature = new("--feature")
        {
            HelpName = "EVENT",
            Description = "An event that is a key feature. Repeatable.",
        };
        public readonly Option<string[]> Step = new("--step")
        {
            HelpName = "EVENT",
            Description = "An event that is a step of the set-up, in order. Repeatable.",
        };
        public readonly Option<string[]> Friction = new("--friction")
        {
            HelpName = "EVENT",
            Description = "An event that means trouble. Repeatable.",
        };
        public readonly Option<string[]> Churn = new("--churn")
        {
            HelpName = "EVENT",
            Description = "An event that means a customer left. Repeatable.",
        };
        public readonly Option<string[]> Plan = new("--plan")
        {
            HelpName = "NAME=PRICE",
            Description = "A plan and what it costs a month. Repeatable.",
        };
        public readonly Option<string[]> Locale = new("--locale")
        {
            HelpName = "en|de|fr",
            Description = "A language of customers, best first. Repeatable.",
        };
        public readonly Option<string?> Currency = new("--currency") { HelpName = "USD", Description = "Three capital letters." };
        public readonly Option<string?> Zone = new("--timezone") { HelpName = "ZONE", Description = "An IANA time zone." };
        public readonly Option<string?> From = new("--from") { HelpName = "EMAIL", Description = "Who messages come from." };
        public readonly Option<string?> Address = new("--postal-address")
        {
            HelpName = "TEXT",
            Description = "The postal address below every message.",
        };
        public readonly Option<string?> AlertsTo = new("--alerts-to") { HelpName = "EMAIL", Description = "Who looks after customers." };
        public readonly Option<string[]> Events = new("--events")
        {
            HelpName = "FILE",
            Description = "Events to infer the rest from. Repeatable.",
        };
        public readonly Option<string> Out = new("--out", "-o")
        {
            HelpName = "FILE",
            Description = "Where the model goes; - writes to standard output.",
            DefaultValueFactory = _ => ServeCommand.ModelFileName,
        };
        public readonly Option<bool> Force = new("--force") { Description = "Replace a file that is there." };

        public void AddTo(Command command)
        {
            foreach (
                var option in (Option[])
                    [
                        Product,
                        Accounts,
                        Value,
                        Feature,
                        Step,
                        Friction,
                        Churn,
                        Plan,
                        Locale,
                        Currency,
                        Zone,
                        From,
                        Address,
                        AlertsTo,
                        Events,
                        Out,
                        Force,
                    ]
            )
                command.Options.Add(option);
        }
    }

    private sealed class Run(Options options, ParseResult parsed, CancellationToken cancellationToken)
    {
        private readonly TextWriter _output = parsed.InvocationConfiguration.Error;

        public async Task<int> RunAsync()
        {
            var target = new ModelTarget(parsed.GetValue(options.Out)!, parsed.GetValue(options.Force));
            target.Check();
            string[] events = parsed.GetValue(options.Events) ?? [];
            bool asks = parsed.GetValue(options.Product) is null && Values.Length == 0 && !Console.IsInputRedirected;
            string product = parsed.GetValue(options.Product) ?? Ask(asks, "What do customers call the product?", "My product");
            EventSurvey? survey;
            try
            {
                survey =
                    events.Length > 0
                        ? await InferCommand.ReadAsync(events, null, parsed.InvocationConfiguration, cancellationToken)
                        : null;
            }
            catch (BadInputException fault)
            {
                await _output.WriteLineAsync(fault.Message);
                return ExitCodes.BadInput;
            }
            var proposal = survey is null ? Blank(product) : new ModelInference(survey, product).Propose();
            proposal = Said(proposal, survey, asks);
            if (proposal.Value.Sources.Count == 0)
                throw new UsageException(
                    "--value: found no event, expected at least one that gives value, such as \"Report Shared:3\" or \"Call Ended:seconds\""
                );
            await target.WriteAsync(ProposalText.Write(proposal), parsed.InvocationConfiguration.Output, cancellationToken);
            return await InferCommand.TellAsync(_output, proposal, target, events.Length > 0 ? events[0] : null);
        }

        private string[] Values => parsed.GetValue(options.Value) ?? [];

        private static ModelProposal Blank(string product) =>
            new()
            {
                Product = product,
                IsOfGroups = false,
                AccountsWhy = "every person pays for themselves",
                Value = new ProposedValue("minutes", [], 15, 30, "the usual floor: 15 minutes of real use in 30 days"),
                Unknown =
                [
                    "What people really do: signals infer EVENTS proposes the rest from a file of events.",
                    "Help pages (features[].help, onboarding[].help), who sends (outreach.from, postalAddress) and who is alerted "
                        + "(alerts.to).",
                ],
            };

        /// <summary>The proposal with what was said in place of what was guessed.</summary>
        private ModelProposal Said(ModelProposal proposal, EventSurvey? survey, bool asks)
        {
            string? accounts = parsed.GetValue(options.Accounts) ?? (asks && survey is null ? WhoPays() : null);
            if (accounts is not null and not ("person" or "group"))
                throw new UsageException($"--accounts: found '{accounts}', expected person or group");
            string[] values =
                Values.Length == 0 && asks && survey is null
                    ? Many("Which event gives value? EVENT, EVENT:seconds or EVENT:3 (empty for none)", text => SourceOf(text))
                    : Values;
            var sources = values.Select(SourceOf).ToList();
            string[] churn = Of(options.Churn, asks && survey is null, "Which event means that a customer left? (empty for none)");
            string[] steps = Of(options.Step, asks && survey is null, "Which event is the first step of the set-up? (empty for none)");
            string[] features = parsed.GetValue(options.Feature) ?? [];
            string[] friction = parsed.GetValue(options.Friction) ?? [];
            bool isTimed = sources.Exists(source => source.Property is not null);
            var others = proposal.Others.ToDictionary(entry => entry.Key, entry => entry.Value);
            if (churn.Length > 0)
                others[NameRole.Churn] = [.. churn.Select(name => Role(survey, name, NameRole.Churn))];
            return proposal with
            {
                IsOfGroups = accounts is null ? proposal.IsOfGroups : accounts == "group",
                AccountsWhy = accounts is null ? proposal.AccountsWhy : "as you said",
                Currency = parsed.GetValue(options.Currency) ?? proposal.Currency,
                Zone = parsed.GetValue(options.Zone) ?? proposal.Zone,
                Locales = parsed.GetValue(options.Locale) is { Length: > 0 } locales ? locales : proposal.Locales,
                Value =
                    sources.Count == 0 ? proposal.Value
                    : isTimed ? new ProposedValue("minutes", sources, 15, 30, "the usual floor: 15 minutes of real use in 30 days")
                    : new ProposedValue(
                        "points",
                        sources,
                        Math.Max(1, sources.Min(source => source.Amount)),
                        30,
                        "once in 30 days: raise it when you know what is usual"
                    ),
                Features =
                    features.Length == 0
                        ? proposal.Features.Count > 0
                            ? proposal.Features
                            : [.. sources.Select(source => FeatureOf(source.Event, "it gives value"))]
                        : [.. features.Select(name => FeatureOf(name, "as you said"))],
                Steps =
                    steps.Length == 0
                        ? proposal.Steps
                        :
                        [
                            .. steps.Select(name => new ProposedStep(
                                NameWords.Slug(new NameWords(name).Words),
                                name,
                                accounts == "group",
                                [name],
                                [],
                                [],
                                7,
                                "as you said"
                            )),
                        ],
                Friction =
                    friction.Length == 0
                        ? proposal.Friction
                        :
                        [
                            .. friction.Select(
                                (string, IReadOnlyList<NamedRole>) (name) =>
                                    (NameWords.Slug(new NameWords(name).Words), [Role(survey, name, NameRole.Friction)])
                            ),
                        ],
                Others = others,
                Plans = parsed.GetValue(options.Plan) is { Length: > 0 } plans ? [.. plans.Select(PlanOf)] : proposal.Plans,
                FromEmail = parsed.GetValue(options.From),
                PostalAddress = parsed.GetValue(options.Address),
                AlertsTo = parsed.GetValue(options.AlertsTo),
            };
        }

        private static NamedRole Role(EventSurvey? survey, string name, NameRole role) =>
            new(survey?.Find(name) ?? new NameFacts(name, -1, isView: false), role, "as you said", 0);

        private static ProposedFeature FeatureOf(string name, string why)
        {
            var words = new NameWords(name);
            return new ProposedFeature(words.Id, words.Title, [name], true, [], why);
        }

        private static ProposedSource SourceOf(string text)
        {
            int colon = text.LastIndexOf(':');
            string name = colon < 0 ? text : text[..colon],
                how = colon < 0 ? "1" : text[(colon + 1)..];
            if (name.Length == 0 || how.Length == 0)
                throw new UsageException($"--value: found '{text}', expected EVENT, EVENT:PROPERTY or EVENT:AMOUNT");
            if (double.TryParse(how, NumberStyles.Float, CultureInfo.InvariantCulture, out double amount))
                return amount > 0
                    ? new ProposedSource(name, null, 1, amount, "as you said")
                    : throw new UsageException($"--value: found the amount {how}, expected more than 0");
            var unit = DurationUnit.Of(new NameWords(how));
            return new ProposedSource(
                name,
                how,
                unit?.ToMinutes ?? 1,
                0,
                unit is { } known
                    ? $"as you said; {known.Name}{(known.IsGuess ? ", which is a guess" : "")}"
                    : "as you said; taken as minutes"
            );
        }

        private static ProposedPlan PlanOf(string text)
        {
            string[] parts = text.Split('=', 2);
            return
                parts.Length == 2
                && parts[0].Length > 0
                && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double price)
                && price >= 0
                ? new ProposedPlan(parts[0], price, 0, "as you said")
                : throw new UsageException($"--plan: found '{text}', expected NAME=PRICE such as pro=99");
        }

        private string[] Of(Option<string[]> option, bool asks, string question) =>
            parsed.GetValue(option) is { Length: > 0 } said ? said
            : asks ? Many(question, _ => { })
            : [];

        /// <summary>Asks until an answer is empty; one that cannot be understood is asked for again.</summary>
        private string[] Many(string question, Action<string> check)
        {
            var answers = new List<string>();
            while (Ask(true, answers.Count == 0 ? question : "  and the next? (empty: no more)", "") is { Length: > 0 } answer)
            {
                try
                {
                    check(answer);
                    answers.Add(answer);
                }
                catch (UsageException fault)
                {
                    _output.WriteLine(fault.Message);
                }
            }
            return [.. answers];
        }

        private string WhoPays()
        {
            while (true)
            {
                switch (Ask(true, "Who pays: every person, or companies? (person/group)", "person").ToUpperInvariant())
                {
                    case "PERSON" or "PEOPLE" or "P":
                        return "person";
                    case "GROUP" or "GROUPS" or "COMPANY" or "COMPANIES" or "G" or "C":
                        return "group";
                }
            }
        }

        private string Ask(bool asks, string question, string usual)
        {
            if (!asks)
                return usual;
            _output.Write($"{question}{(usual.Length > 0 ? $" [{usual}]" : "")} ");
            return Console.ReadLine()?.Trim() is { Length: > 0 } answer ? answer : usual;
        }
    }
}
