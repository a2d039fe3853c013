using System.CommandLine;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Outreach;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;

namespace Signals.Local.CommandLine;

/// <summary><c>signals preview MODEL CAUSE</c>: renders a message as it would be sent, with a made-up customer.</summary>
public static class PreviewCommand
{
    /// <summary>What is written that no cause is behind.</summary>
    private static readonly string[] Others =
    [
        TemplateNames.Alert,
        OutreachTemplates.Apology,
        OutreachTemplates.ConfirmAddress,
        OutreachTemplates.Survey,
    ];

    public static Command Create(TimeProvider clock)
    {
        var path = new Argument<string>("model") { Description = "The value model, a JSON file." };
        var cause = new Argument<string>("cause")
        {
            Description =
                $"The cause it is about: {string.Join(", ", CauseCatalogue.Ids)}; or {string.Join(", ", Others)}; "
                + "or a template that a playbook names as its alternative or follow-up.",
        };
        cause.CompletionSources.Add([.. CauseCatalogue.Ids, .. TemplateNames.FollowUps, .. Others]);
        var locale = new Option<string>("--locale") { Description = "The customer's language.", DefaultValueFactory = _ => "en" };
        var html = new Option<string?>("--html") { Description = "Also writes the HTML to this file." };
        var command = new Command("preview", "Renders a message as it would be sent.") { path, cause, locale, html };
        command.SetAction(parsed =>
            Run(parsed.GetValue(path)!, parsed.GetValue(cause)!, parsed.GetValue(locale)!, parsed.GetValue(html), clock)
        );
        return command;
    }

    private static int Run(string path, string cause, string locale, string? htmlPath, TimeProvider clock)
    {
        var model = ModelFile.Read(path);
        bool isOther = Others.Contains(cause);
        string? secondOf =
            isOther || CauseCatalogue.Ids.Contains(cause)
                ? null
                : CauseCatalogue.Ids.FirstOrDefault(id =>
                    model.PlaybookFor(id) is var playbook && (playbook.Alternative == cause || playbook.FollowUp?.Message == cause)
                );
        if (!isOther && secondOf is null && !CauseCatalogue.Ids.Contains(cause))
            throw new UsageException(
                $"cause: found \"{cause}\", expected one of {string.Join(", ", CauseCatalogue.Ids)}, or {string.Join(", ", Others)}, "
                    + "or a template that a playbook names as its alternative or follow-up"
            );
        string template = isOther || secondOf is not null ? cause : model.PlaybookFor(cause).Message ?? cause;
        cause = secondOf ?? cause;
        if (!isOther && model.PlaybookFor(cause).Message is null)
            Console.Error.WriteLine(
                $"The playbook of {cause} writes to nobody: a person answers. This is what a playbook that names the template would write."
            );
        string spoken = MessageLanguages.For(locale, model.Locales);
        if (spoken != MessageLanguages.Of(locale))
            Console.Error.WriteLine(
                $"--locale {locale}: the model's locales are {string.Join(", ", model.Locales)}; a customer with {locale} is "
                    + $"written to in {spoken}, as here."
            );
        var message = new HandlebarsMessageRenderer(ModelFile.Templates(path), model.Locales).Render(
            template,
            locale,
            PreviewVariables.Of(model, cause, locale, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
        );
        Console.WriteLine($"Subject: {message.Subject}\n\n{message.Text}");
        if (htmlPath is not null)
            File.WriteAllText(htmlPath, message.Html);
        return ExitCodes.Ok;
    }
}
