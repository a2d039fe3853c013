using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Planning;

namespace Signals.Messages.Tests;

/// <summary>What messages are filled with in tests: all that can be known, or as little as must be.</summary>
internal static class Variables
{
    public static MessageVariables Full(string cause) =>
        Bare(cause) with
        {
            PersonName = "Ada",
            PersonEmail = "ada@customer.example",
            AccountId = "acme",
            AccountName = "Acme",
            Plan = "pro",
            Goal = "send a weekly report to every client",
            Step = new MessageStep("import-users", "Import your users", "https://nimbus.example/help/import", [], Tries: 3, Failures: 2),
            Faq = [new MessageFaq("Which file can I use?", "Any CSV with a column of addresses.")],
            Feature = new MessageFeature(
                "export",
                "Exports",
                "https://nimbus.example/help/export",
                "Every report as a spreadsheet, by mail, each Monday."
            ),
            Sunset = new MessageSunset(
                "Reader",
                "Too few people use it for us to keep it as good as it should be.",
                new DateOnly(2026, 3, 1),
                new DateOnly(2026, 6, 30),
                "it works as before and support answers as before.",
                "Feeds",
                "it has folders, and no offline mode.",
                ["Open Feeds and choose Import.", "Check your folders.", "Switch the old reader off."]
            ),
            Friction = "errors while saving",
            Moment = "praise",
            Praise = "The automations saved us two days a week.",
            Payment = new MessagePayment("49.50 USD", "2026-03-02"),
            IsTeam = true,
            TrialEndsOn = "2026-03-14",
            RenewsOn = "2026-04-01",
            Incident = "exports end without a file",
            ActionUrl = "https://nimbus.example/help/start?from=mail&step=1",
            ValueUnit = "minutes",
            SenderName = "Grace from Nimbus",
        };

    public static MessageVariables Bare(string cause, string locale = "en") =>
        new()
        {
            Product = "Nimbus",
            Cause = cause,
            PostalAddress = "Nimbus Ltd, 1 Cloud Street, Dublin",
            UnsubscribeUrl = "https://nimbus.example/u/token",
            Survey = cause == "survey" ? Survey(locale, SurveyKind.Nps, SurveyMoment.Value) : null,
        };

    /// <summary>What a survey asks in its usual words, and its answers with their links.</summary>
    public static MessageSurvey Survey(string locale, SurveyKind kind, SurveyMoment after)
    {
        var model = new ValueModel
        {
            Product = "Nimbus",
            Value = new ValueDefinition("minutes", [], new Floor()),
            Locales = MessageLanguages.All,
        };
        var step = new OnboardingStep("import-users", ImportUsers, StepScope.Account, [], [], [], 3, null, []);
        var asked = SurveyQuestions.Of(
            new Survey
            {
                Id = "asked",
                Kind = kind,
                After = after,
            },
            step,
            model,
            locale
        );
        return asked with
        {
            Answers =
            [
                .. asked.Scores().Select(score => new MessageSurveyAnswer(score, $"https://nimbus.example/survey/token?score={score}")),
            ],
        };
    }

    private static readonly LocalText ImportUsers = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["en"] = "Import your users",
            ["fr"] = "Importer vos utilisateurs",
            ["de"] = "Personen importieren",
        }
    );

    public static MessageVariables Alert { get; } =
        new()
        {
            Product = "Nimbus",
            Cause = CauseIds.UsageDrop,
            AccountId = "acme",
            AccountName = "Acme",
            Plan = "pro",
            Goal = "send a weekly report to every client",
            AccountUrl = "https://signals.nimbus.example/accounts/acme",
            RiskLevel = "at-risk",
            PreviousRiskLevel = "watch",
            RiskScore = 64,
            Causes =
            [
                new MessageCause(
                    CauseIds.UsageDrop,
                    "Usage drop",
                    86,
                    4,
                    [
                        new MessageEvidence(
                            "38 minutes from 2 January 2026 to 15 January 2026, 82% under their own level",
                            "",
                            "about 210 minutes",
                            ""
                        ),
                        new MessageEvidence("People with value", "2 of 6", "", ""),
                    ]
                ),
                new MessageCause(
                    CauseIds.OnboardingStalled,
                    "Onboarding stalled",
                    70,
                    1,
                    [new MessageEvidence("Import your users failed", "3 times", "done within 3 days", "2026-01-05")]
                ),
            ],
            Questions = ["Did the person who ran this leave or change role?", "Is there a bigger priority at the moment?"],
            Alert = new MessageAlert(
                "worse",
                "zoe@nimbus.example",
                Strategic: true,
                "2026-02-01",
                "2026-01-08",
                ["Onboarding stalled"],
                "",
                "",
                "24",
                [
                    new MessageSent(
                        "Usage drop",
                        "ada@customer.example",
                        "2026-01-10",
                        "sent",
                        "Getting less out of Nimbus lately?",
                        Reached: false
                    ),
                    new MessageSent("Onboarding stalled", "bob@customer.example", "2026-01-07", "held-out", "", Reached: false),
                ]
            )
            {
                News = "Onboarding stalled",
                Price = "990 USD a month",
                Contacts = [new MessageContact("u_noah", "Noah Reyes, owner (noah@customer.example)"), new MessageContact("u_ada", "Ada")],
                LastOfWeek = 5,
                Links = Links,
            },
        };

    private static MessageAnswerLinks Links =>
        new(
            "https://signals.nimbus.example/answer/acknowledge",
            "https://signals.nimbus.example/answer/snooze",
            "https://signals.nimbus.example/answer/resolve"
        );

    public static MessageVariables Digest { get; } =
        new()
        {
            Product = "Nimbus",
            Cause = "digest",
            DashboardUrl = "https://signals.nimbus.example/",
            Digest = new MessageDigest(
                [
                    new MessageDigestAccount(
                        "acme",
                        "Acme",
                        "https://signals.nimbus.example/accounts/acme",
                        "critical",
                        "watch",
                        86,
                        "Usage drop",
                        "38 minutes from 2 January 2026 to 15 January 2026, 82% under their own level.",
                        Strategic: true,
                        "2026-01-08",
                        new MessageAnswer("late", "", "")
                    ),
                    new MessageDigestAccount(
                        "bolt",
                        "Bolt",
                        "https://signals.nimbus.example/accounts/bolt",
                        "watch",
                        "healthy",
                        31,
                        "",
                        "",
                        Strategic: false,
                        "2026-01-08"
                    ),
                ],
                3,
                [
                    new MessageDigestAccount(
                        "dune",
                        "Dune & Sons",
                        "https://signals.nimbus.example/accounts/dune",
                        "at-risk",
                        "watch",
                        58,
                        "Onboarding stalled",
                        "Import your users failed 3 times.",
                        Strategic: false,
                        "2026-01-02",
                        new MessageAnswer("snoozed", "zoe@nimbus.example", "2026-01-12")
                    ),
                ],
                0,
                [
                    new MessageDigestAccount(
                        "etna",
                        "Etna",
                        "https://signals.nimbus.example/accounts/etna",
                        "healthy",
                        "at-risk",
                        8,
                        "",
                        "",
                        Strategic: false,
                        "2026-01-08"
                    ),
                ],
                0,
                WorseCount: 5,
                OpenCount: 1,
                RecoveredCount: 1
            )
            {
                Alerts =
                [
                    new MessageDigestAccount(
                        "fjord",
                        "Fjord",
                        "https://signals.nimbus.example/accounts/fjord",
                        "critical",
                        "watch",
                        91,
                        "Payment failing",
                        "Payments failed in a row: 3.",
                        Strategic: true,
                        "2026-01-08",
                        new MessageAnswer("open", "", "")
                    )
                    {
                        News = "Payment failing, critical",
                        Came = "Payment failing",
                        Risen = true,
                        Price = "990 USD a month",
                        Plan = "pro",
                        RenewsOn = "2026-02-01",
                        Contacts =
                        [
                            new MessageContact("u_noah", "Noah Reyes, owner (noah@customer.example)"),
                            new MessageContact("u_ada", "Ada"),
                        ],
                        Ask = "Who pays the invoices now?",
                        Links = Links,
                    },
                ],
                AlertsUnlisted = 2,
                AlertsCount = 3,
                AlertsPay = "1,240 USD a month",
                BudgetReached = 5,
                Unanswered =
                [
                    new MessageDigestAccount(
                        "gale",
                        "Gale",
                        "https://signals.nimbus.example/accounts/gale",
                        "at-risk",
                        "watch",
                        55,
                        "Usage drop",
                        "120 minutes from 23 December 2025 to 5 January 2026, 60% under their own level.",
                        Strategic: false,
                        "2026-01-06",
                        new MessageAnswer("late", "", "")
                    )
                    {
                        Occasion = "escalated",
                        News = "Usage drop",
                        TrialEndsOn = "2026-01-14",
                        Price = "99 USD a month",
                        ToldTo = "zoe@nimbus.example",
                        Links = Links,
                    },
                ],
                UnansweredCount = 1,
                Steps =
                [
                    new MessageDigestAccount(
                        "gale",
                        "Gale",
                        "https://signals.nimbus.example/accounts/gale",
                        "",
                        "",
                        0,
                        "",
                        "",
                        Strategic: false,
                        ""
                    )
                    {
                        Step = "Show Ada the import.",
                        StepDue = "2026-01-07",
                        StepLate = true,
                    },
                    new MessageDigestAccount(
                        "acme",
                        "Acme",
                        "https://signals.nimbus.example/accounts/acme",
                        "",
                        "",
                        0,
                        "",
                        "",
                        Strategic: false,
                        ""
                    )
                    {
                        Step = "Send the offer.",
                        StepDue = "2026-01-12",
                    },
                ],
                StepsCount = 2,
            },
        };

    public static MessageVariables Report { get; } =
        new()
        {
            Product = "Nimbus",
            Cause = "report",
            DashboardUrl = "https://signals.nimbus.example/",
            Report = new MessageReport(
                "2026-01-12",
                412,
                new MessageReportLevel(9, "2 more than a week ago"),
                new MessageReportLevel(31, "as many as a week ago"),
                new MessageReportLevel(58, "4 fewer than a week ago"),
                [
                    new MessageReportTopic("37 accounts are stuck at “Import your users”", 12, "5 more than a week ago", WorthFixing: true),
                    new MessageReportTopic("3 accounts: Usage drop", 3, "", WorthFixing: false),
                ],
                ["96% (93% to 98%) of the 398 customers of 30 days ago are still customers."],
                [
                    new MessageReportEffect(
                        "Onboarding stalled",
                        "41% of 2,100 reached the goal with the message, 28% of 240 without. It helps: +7 to +19 points."
                    ),
                ],
                OpenAlerts: 14,
                LateAlerts: 3
            )
            {
                Money = new MessageReportMoney(
                    "12,340 USD a month",
                    "1,200 USD more than a week ago",
                    "2,010 USD a month",
                    "4 customers recovered",
                    "99 USD a month",
                    "1 customer left"
                ),
                ToDo =
                [
                    new MessageReportThing("Talk to Noah Reyes (noah@customer.example) about Acme (990 USD a month): Payment failing.", ""),
                    new MessageReportThing(
                        "Have the product fixed: 37 accounts are stuck at “Import your users”. Together they pay 3,626 USD a month.",
                        ""
                    ),
                    new MessageReportThing("Answer the 3 alerts that wait for longer than agreed.", ""),
                ],
                Footnote = "What the other messages achieve cannot be told yet: it takes up to 1,020 more people.",
            },
        };

    /// <summary>A report's sentences come in the team's language.</summary>
    public static MessageVariables Letter { get; } =
        new()
        {
            Product = "Nimbus",
            Cause = "letter",
            Letter = new MessageLetter(
                "Bruno mentioned you: Acme",
                ["Hello Amélie,", "Bruno wrote a note about Acme and mentioned you."],
                "@Amélie, could you call Ada about the import?",
                "Open Acme",
                "https://signals.nimbus.example/accounts/acme",
                "The link asks you to sign in where you have not.",
                "You get this because a colleague mentioned you in Signals."
            ),
        };

    private static MessageVariables FrenchLetter { get; } =
        Letter with
        {
            Letter = new MessageLetter(
                "Bruno vous a mentionnée : Acme",
                ["Bonjour Amélie,", "Bruno a écrit une note sur Acme et vous y mentionne."],
                "@Amélie, peux-tu appeler Ada au sujet de l’import ?",
                "Ouvrir Acme",
                "https://signals.nimbus.example/accounts/acme",
                "Le lien demande de vous connecter si vous ne l’êtes pas.",
                "Vous recevez ce message parce qu’un collègue vous a mentionnée dans Signals."
            ),
        };

    private static MessageVariables FrenchReport { get; } =
        Report with
        {
            Report = Report.Report! with
            {
                Critical = new MessageReportLevel(9, "2 de plus qu’il y a une semaine"),
                AtRisk = new MessageReportLevel(31, "autant qu’il y a une semaine"),
                Watch = new MessageReportLevel(58, "4 de moins qu’il y a une semaine"),
                Topics =
                [
                    new MessageReportTopic(
                        "37 comptes bloquent sur « Importer vos utilisateurs »",
                        12,
                        "5 de plus qu’il y a une semaine",
                        WorthFixing: true
                    ),
                    new MessageReportTopic("3 comptes : Chute d’usage", 3, "", WorthFixing: false),
                ],
                Retention = ["96 % (93 % à 98 %) des 398 clients d’il y a 30 jours sont toujours clients."],
                Effects =
                [
                    new MessageReportEffect(
                        "Mise en route bloquée",
                        "41 % sur 2 100 ont atteint l’objectif avec le message, 28 % sur 240 sans. Il aide : +7 à +19 points."
                    ),
                ],
            },
        };

    public static MessageVariables For(string template, string locale = "en") =>
        (template, locale) switch
        {
            ("alert", _) => Alert,
            ("digest", _) => Digest,
            ("report", "fr") => FrenchReport,
            ("report", _) => Report,
            ("letter", "fr") => FrenchLetter,
            ("letter", _) => Letter,
            (_, "fr") => French(template),
            (_, "de") => German(template),
            _ => Full(template),
        };

    private static MessageVariables German(string cause) =>
        Full(cause) with
        {
            Goal = "jede Woche einen Bericht an alle Kunden schicken",
            Step = new MessageStep(
                "import-users",
                "Personen importieren",
                "https://nimbus.example/de/help/import",
                [],
                Tries: 3,
                Failures: 2
            ),
            Faq = [new MessageFaq("Welche Datei kann ich nehmen?", "Jede CSV-Datei mit einer Spalte für Adressen.")],
            Feature = new MessageFeature(
                "export",
                "Exporte",
                "https://nimbus.example/de/help/export",
                "Jeder Bericht als Tabelle, jeden Montag per E-Mail."
            ),
            Sunset = new MessageSunset(
                "Leser",
                "Zu wenige nutzen ihn, als dass wir ihn so gut halten könnten, wie er sein sollte.",
                new DateOnly(2026, 3, 1),
                new DateOnly(2026, 6, 30),
                "Er funktioniert wie bisher, und der Support antwortet wie bisher.",
                "Feeds",
                "mit Ordnern, ohne Offline-Modus.",
                ["Öffnen Sie Feeds und wählen Sie Importieren.", "Prüfen Sie Ihre Ordner.", "Schalten Sie den alten Leser aus."]
            ),
            Friction = "Fehler beim Speichern",
            Praise = "Die Automatisierungen sparen uns zwei Tage in der Woche.",
            Payment = new MessagePayment("49,50 USD", "2026-03-02"),
            Incident = "Exporte enden ohne Datei",
            ActionUrl = "https://nimbus.example/de/help/start?from=mail&step=1",
            Survey = cause == "survey" ? Survey("de", SurveyKind.Nps, SurveyMoment.Value) : null,
            SenderName = "Grace von Nimbus",
        };

    private static MessageVariables French(string cause) =>
        Full(cause) with
        {
            Goal = "envoyer un rapport chaque semaine à chaque client",
            Step = new MessageStep(
                "import-users",
                "Importer vos utilisateurs",
                "https://nimbus.example/fr/help/import",
                [],
                Tries: 3,
                Failures: 2
            ),
            Faq = [new MessageFaq("Quel fichier puis-je utiliser ?", "N’importe quel CSV avec une colonne d’adresses.")],
            Feature = new MessageFeature(
                "export",
                "Exports",
                "https://nimbus.example/fr/help/export",
                "Chaque rapport en tableur, par e-mail, tous les lundis."
            ),
            Sunset = new MessageSunset(
                "Lecteur",
                "Trop peu de personnes l’utilisent pour que nous le gardions aussi bon qu’il devrait l’être.",
                new DateOnly(2026, 3, 1),
                new DateOnly(2026, 6, 30),
                "il fonctionne comme avant et l’assistance répond comme avant.",
                "Flux",
                "des dossiers, et pas de mode hors ligne.",
                ["Ouvrez Flux et choisissez Importer.", "Vérifiez vos dossiers.", "Désactivez l’ancien lecteur."]
            ),
            Friction = "erreurs à l’enregistrement",
            Praise = "Les automatisations nous font gagner deux jours par semaine.",
            Payment = new MessagePayment("49,50 USD", "2026-03-02"),
            Incident = "les exports se terminent sans fichier",
            ActionUrl = "https://nimbus.example/fr/help/start?from=mail&step=1",
            Survey = cause == "survey" ? Survey("fr", SurveyKind.Nps, SurveyMoment.Value) : null,
            SenderName = "Grace, de Nimbus",
        };
}
