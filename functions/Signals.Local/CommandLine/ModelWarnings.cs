using System.Globalization;
using Signals.Core.Diagnosis.Causes.PaymentFailing;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Holidays;

namespace Signals.Local.CommandLine;

/// <summary>What is allowed in a model and hardly meant: it would be taken in silence, and seen only by what follows from it.</summary>
public static class ModelWarnings
{
    public static IEnumerable<string> Of(ValueModel model) =>
        [.. OfEvents(model), .. OfNames(model), .. OfKeep(model), .. OfOutreach(model)];

    private static IEnumerable<string> OfEvents(ValueModel model)
    {
        if (model.Tickets is { Opened.Count: > 0, Solved.Count: 0 } tickets)
        {
            string hours = tickets.WithinHours.ToString("0.#", CultureInfo.InvariantCulture);
            yield return $"tickets.opened is given without tickets.solved; every ticket stays open, is late after {hours} hours, and "
                + "stops all mail to its account.";
        }
        if (
            model.Tickets is { Answered.Count: 0 } silent
            && (silent.AnswerWithinHours ?? silent.Promises.Values.Max(promise => promise.AnswerHours)) is not null
        )
        {
            yield return "tickets promises a first answer within hours, and tickets.answered names no event; nothing tells whether "
                + "that is kept.";
        }
        if (model.Billing is { Failed.Count: > 0, Recovered.Count: 0 })
        {
            yield return "billing.failed is given without billing.recovered; a failed payment that was made good counts for "
                + $"{PaymentFailingSettings.Of(model).ForgetDays} days all the same.";
        }
        var valued = model.Value.From.Select(source => source.Event).ToHashSet(StringComparer.Ordinal);
        foreach (var (i, kind) in model.Friction.Index())
        {
            foreach (string name in kind.Events.Where(valued.Contains))
            {
                yield return $"friction[{i}].events holds \"{name}\", which carries value; whoever gets more value then seems to meet more "
                    + $"{kind.Name.All.First()}.";
            }
        }
    }

    /// <summary>A name that is a plain text stands in every language's mails as it is.</summary>
    private static IEnumerable<string> OfNames(ValueModel model)
    {
        if (model.Locales.Count < 2)
            yield break;
        (string Path, LocalText Name)[] names =
        [
            .. model.Features.Select(feature => ($"features.{feature.Id}", feature.Name)),
            .. model.Onboarding.Select(step => ($"onboarding.{step.Id}", step.Name)),
            .. model.Friction.Select(kind => ($"friction.{kind.Id}", kind.Name)),
        ];
        string[] plain = [.. names.Where(name => name.Name.IsPlain).Select(name => name.Path)];
        if (plain.Length > 0)
            yield return $"{string.Join(", ", plain)}: the name is one text, which mails in {string.Join(" and ", model.Locales)} hold as "
                + $"it is; give it by language, as {{ {string.Join(", ", model.Locales.Select(locale => $"\"{locale}\": \"...\""))} }}.";
    }

    private static IEnumerable<string> OfKeep(ValueModel model)
    {
        bool isGroup = model.Accounts == AccountsMode.Group;
        if ((isGroup ? model.Keep.AccountDays : model.Keep.PeopleDays) is { } days && model.Churn.Events.Count == 0)
            yield return $"keep.{(isGroup ? "accountDays" : "peopleDays")} is given without churn.events; an account with a price counts "
                + $"as a customer who pays, and stays however silent it is, also after {days} days.";
        if (isGroup && model.Keep is { PeopleDays: null, AccountDays: not null })
            yield return "keep.accountDays is given without keep.peopleDays; people without an account, and those who fell silent in "
                + "one that goes on, are kept until they are erased.";
    }

    private static IEnumerable<string> OfOutreach(ValueModel model)
    {
        var outreach = model.Outreach;
        if (outreach.Mode != OutreachMode.Live)
            yield break;
        if (outreach.PostalAddress is null)
            yield return "outreach.postalAddress is not given; many countries require one in mail to customers.";
        if (outreach.From.Email.EndsWith("@localhost", StringComparison.OrdinalIgnoreCase))
            yield return $"outreach.from.email is {outreach.From.Email}; customers should see an address of yours.";
        if (outreach.PublicUrl is null)
            yield return "outreach.publicUrl is not given; unsubscribe links will lead to this host's own address.";
        if (model.Alerts.To.Count == 0)
            yield return "alerts.to is empty; accounts without a CSM of their own alert nobody.";
        var known = new PublicHolidays().Countries;
        foreach (
            string country in model
                .Alerts.Managers.Select(manager => manager.Country)
                .Prepend(model.Alerts.Country)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Where(country => !known.Contains(country))
        )
            yield return $"alerts: the public holidays of {country} are not known; its working days are Monday to Friday.";
    }
}
