using Signals.Core.State.Audit;
using Signals.Core.State.Team;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Pipeline;

namespace Signals.Web.Dashboard.Team;

/// <summary>Lets somebody in, and mails them a link.</summary>
internal sealed class InviteForm(
    TeamUsers users,
    TeamDirectory team,
    SignInMailer mailer,
    IDashboardAccess access,
    AuditLog audit,
    TimeProvider clock
) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        if (access is not SessionAccess)
            return Problem(reader.Say("Nobody was invited: Microsoft Entra ID says who may come in."));
        if (TeamFields.AddressOf(request) is not { } mailbox)
            return Problem(reader.Say("Nobody was invited: that is no mail address."));
        if (TeamFields.NameOf(request) is not { } name)
            return Problem(reader.Say("Nobody was invited: a name is needed, on one line."));
        string address = mailbox.Address.ToLowerInvariant();
        var user = new TeamUser
        {
            Id = TeamUsers.IdOf(address),
            Address = address,
            Name = name,
            Role = TokenWords.RoleOf(request).Word(),
            Language = TeamFields.LanguageOf(request),
            Csm = TeamFields.CsmOf(request),
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = request.Who,
        };
        switch (await users.AddAsync(user, request.Cancellation))
        {
            case TeamAddition.Known:
                return Problem(reader.Say($"{name} was not invited: that address is in already."));
            case TeamAddition.Full:
                return Problem(reader.Say($"{name} was not invited: there are {TeamUsers.MaxUsers} people already."));
        }
        team.Forget();
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "user.invited", address, $"{name}; {user.Role}"),
            request.Cancellation
        );
        return await mailer.InviteAsync(user, reader.WhoPhrase(request.Who), request.Cancellation)
            ? new FormAnswer(TeamAddresses.Team, reader.Say($"{name} is invited: a mail is on its way."))
            : Problem(reader.Say($"{name} may come in, but the mail was not taken. Look at the doctor’s page, then mail again."));
    }

    private static FormAnswer Problem(string text) => new(TeamAddresses.Team, text) { IsProblem = true };
}

/// <summary>Mails another link to somebody who was invited, and lets in again whose access had ended.</summary>
internal sealed class MailAgainForm(TeamUsers users, TeamDirectory team, SignInMailer mailer, AuditLog audit, TimeProvider clock)
    : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string id = request.Id;
        var user =
            await users.ChangeAsync(id, known => known with { EndedAt = null }, request.Cancellation)
            ?? throw ApiRefusal.NotFound("user", id);
        team.Forget();
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "user.invited", user.Address, $"{user.Name}; {user.Role}"),
            request.Cancellation
        );
        return await mailer.InviteAsync(user, reader.WhoPhrase(request.Who), request.Cancellation)
            ? new FormAnswer(TeamAddresses.Team, reader.Say($"A link is on its way to {user.Name}."))
            : new FormAnswer(TeamAddresses.Team, reader.Say($"No mail left: several links for {user.Name} wait already, or mail fails."))
            {
                IsProblem = true,
            };
    }
}

/// <summary>Changes somebody's name, role and whose accounts are theirs. Nobody changes their own role.</summary>
internal sealed class ChangeUserForm(TeamUsers users, TeamDirectory team, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string id = request.Id;
        var role = TokenWords.RoleOf(request);
        if (TeamFields.NameOf(request) is not { } name)
            return new FormAnswer(TeamAddresses.Team, reader.Say("Nothing was changed: a name is needed, on one line."))
            {
                IsProblem = true,
            };
        string? csm = TeamFields.CsmOf(request);
        var user =
            await users.ChangeAsync(
                id,
                known =>
                    known with
                    {
                        Name = name,
                        Csm = csm,
                        Role = string.Equals(known.Address, request.Who, StringComparison.OrdinalIgnoreCase) ? known.Role : role.Word(),
                    },
                request.Cancellation
            ) ?? throw ApiRefusal.NotFound("user", id);
        team.Forget();
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "user.changed", user.Address, $"{user.Name}; {user.Role}; {user.Csm}"),
            request.Cancellation
        );
        return new FormAnswer(TeamAddresses.Team, reader.Say($"{user.Name} is changed."));
    }
}

/// <summary>Ends somebody's access: their sessions and links end at once.</summary>
internal sealed class EndUserForm(TeamUsers users, TeamDirectory team, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string id = request.Id;
        var known = await users.GetAsync(id, request.Cancellation) ?? throw ApiRefusal.NotFound("user", id);
        if (string.Equals(known.Address, request.Who, StringComparison.OrdinalIgnoreCase))
            return new FormAnswer(TeamAddresses.Team, reader.Say("Nobody ends their own access: ask another admin.")) { IsProblem = true };
        // Once this is written their sessions open nothing, whatever happens to the rest.
        var now = clock.GetUtcNow();
        await users.ChangeAsync(id, user => user with { EndedAt = user.EndedAt ?? now }, request.Cancellation);
        team.Forget();
        await audit.WriteAsync(new AuditEntry(now, request.Who, "user.ended", known.Address, known.Name), request.Cancellation);
        await users.ForgetWaysInAsync(id, request.Cancellation);
        return new FormAnswer(TeamAddresses.Team, reader.Say($"{known.Name} can no longer come in."));
    }
}
