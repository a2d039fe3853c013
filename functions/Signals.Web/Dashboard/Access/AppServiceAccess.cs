using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Opens the dashboard to people whom App Service authentication signed in with Microsoft Entra ID and to whom this app gave one of its
/// roles (<see cref="DashboardRole"/>). To be registered only where the platform stands before every request: anybody else could write its
/// header.
/// </summary>
/// <remarks>Who is seen for the first time becomes one of the team, with the name, address and role of their claims.</remarks>
public sealed class AppServiceAccess(TeamUsers users, TeamDirectory team, TimeProvider clock) : IDashboardAccess
{
    private const string SignInPath = "/.auth/login/aad?post_login_redirect_uri=";

    public async ValueTask<Principal?> PrincipalOfAsync(HttpContext context)
    {
        var header = context.Request.Headers[ClientPrincipal.Header];
        if (header.Count != 1 || ClientPrincipal.Read(header[0]) is not { } principal)
            return null;
        try
        {
            return principal with { User = await UserOfAsync(principal, context.RequestAborted) };
        }
        catch (TransientStoreException)
        {
            // Their claims let them in; who they are here is told by the next request.
            return principal;
        }
    }

    /// <summary>Their row, made on first sight and kept in line with their claims; null for a principal without a mail address.</summary>
    private async Task<TeamUser?> UserOfAsync(Principal principal, CancellationToken cancellationToken)
    {
        if (Mailbox.Parse(principal.Name) is not { IsPlain: true } mailbox)
            return null;
        string address = mailbox.Address.ToLowerInvariant(),
            name = principal.DisplayName.Length > 0 ? principal.DisplayName : mailbox.Address;
        name = name.Length > TeamUser.MaxNameChars ? name[..TeamUser.MaxNameChars] : name;
        string role = principal.Role.Word();
        var known = await users.FindAsync(address, cancellationToken);
        if (known is null)
        {
            known = new TeamUser
            {
                Id = TeamUsers.IdOf(address),
                Address = address,
                Name = name,
                Role = role,
                CreatedAt = clock.GetUtcNow(),
                CreatedBy = TeamUser.ByEntra,
                SeenOn = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
            };
            // Of more than there is room for nobody is turned away: their claims say who may come in.
            if (await users.AddAsync(known, cancellationToken) != TeamAddition.Full)
                team.Forget();
            return known;
        }
        if (known.Role != role || !known.IsActive)
        {
            known = await users.ChangeAsync(known.Id, before => before with { Role = role, EndedAt = null }, cancellationToken) ?? known;
            team.Forget();
        }
        await users.NoteSeenAsync(known, cancellationToken);
        return known;
    }

    /// <summary>Sends who is not signed in to the platform's sign-in, and tells who has no role to ask for one.</summary>
    public Challenge Challenge(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(ClientPrincipal.Header))
            return new Challenge(ChallengeKind.NoRole, "/");
        // Two slashes at the front would name another site.
        string address = "/" + (context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent()).TrimStart('/');
        return new Challenge(ChallengeKind.SignInThere, SignInPath + Uri.EscapeDataString(address));
    }
}
