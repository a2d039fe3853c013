using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Team;

/// <summary>Asks the browser to make a passkey for who reads it.</summary>
internal sealed class AddPasskeyPage(PasskeyDesk desk, IDashboardAccess access) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        if (reader.User is not { } user || access is not SessionAccess || !desk.IsOffered)
            throw ApiRefusal.NotFound("page", TeamAddresses.NewPasskey);
        string device = BrowserName.Of(request.Http.Headers.UserAgent);
        var question = await desk.AskForNewAsync(request.Http.HttpContext, user);
        string title = reader.Say("Add a passkey"),
            lead = reader.Say(
                "A passkey signs you in by your finger, face or device code, or by a security key, without a mail. "
                    + "It works on this address alone."
            );
        return new DashboardPage(
            title,
            $"""
            {Heading.Back(TeamAddresses.Me, reader.Say("Your settings"))}
            {Heading.Of(title, lead)}
            {Form.Post(
                reader,
                TeamAddresses.AddPasskey,
                $"""
                {PasskeyParts.Fields(question)}
                <label class="field"><span>{reader.Say("Name, to know it by")}</span>
                <input name="{PasskeySection.NameField}" required maxlength="{PasskeyBook.MaxNameChars}" autocomplete="off"
                    value="{device}"></label>
                {Form.Button(reader.Say("Make the passkey"))}
                {PasskeyParts.Notes(reader)}
                """,
                attributes: $" data-passkey=\"create\" data-options=\"{question.Options}\""
            )}
            """
        );
    }
}

/// <summary>Keeps the passkey that the browser made.</summary>
internal sealed class AddPasskeyForm(PasskeyDesk desk, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        var me = reader.User ?? throw ApiRefusal.NotFound("user", reader.Name);
        string name = request.Text(PasskeySection.NameField, PasskeyBook.MaxNameChars),
            ceremony = request.Text(PasskeyParts.CeremonyField, PasskeyParts.MaxCredentialChars),
            credential = request.Text(PasskeyParts.CredentialField, PasskeyParts.MaxCredentialChars);
        if (name.Length == 0 || name.Any(char.IsControl))
            return new FormAnswer(TeamAddresses.Me, reader.Say("No passkey was added: a name is needed, on one line."))
            {
                IsProblem = true,
            };
        if (!desk.IsOffered || !await desk.AddAsync(request.Http, me, ceremony, credential, name))
            return new FormAnswer(
                TeamAddresses.Me,
                reader.Say(
                    $"No passkey was added. The question may have been too old, the key may be here already, or there are "
                        + $"{PasskeyBook.MaxKeys}."
                )
            )
            {
                IsProblem = true,
            };
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), request.Who, "passkey.added", me.Address, name), request.Cancellation);
        return new FormAnswer(TeamAddresses.Me, reader.Say($"The passkey “{name}” is added."));
    }
}

/// <summary>Removes one of one's own passkeys.</summary>
internal sealed class RemovePasskeyForm(PasskeyBook keys, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        var me = reader.User ?? throw ApiRefusal.NotFound("user", reader.Name);
        var key = (await keys.ListAsync(me.Id, request.Cancellation)).FirstOrDefault(known => known.Id == request.Id);
        if (key is not null && await keys.RemoveAsync(me.Id, key.Id, request.Cancellation))
            await audit.WriteAsync(
                new AuditEntry(clock.GetUtcNow(), request.Who, "passkey.removed", me.Address, key.Name),
                request.Cancellation
            );
        return new FormAnswer(TeamAddresses.Me, reader.Say("The passkey is removed: it opens nothing here any more."));
    }
}
