using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Passkeys (WebAuthn): asks browsers for one and checks what they answer, by ASP.NET Core's own rules. Origin and domain are those of the
/// address that Signals is configured to be reached by, and no request's: a page elsewhere gets nothing signed for here.
/// </summary>
internal sealed class PasskeyDesk : IDisposable
{
    private readonly PublicAddress _ourAddress;
    private readonly PasskeyCeremonies _ceremonies;
    private readonly PasskeyBook _keys;
    private readonly UserManager<TeamUser> _users;

    public PasskeyDesk(
        PublicAddress ourAddress,
        PasskeyCeremonies ceremonies,
        PasskeyBook keys,
        TeamUsers users,
        ILogger<UserManager<TeamUser>> logger
    )
    {
        (_ourAddress, _ceremonies, _keys) = (ourAddress, ceremonies, keys);
        // Of all that it can do it is asked to look somebody up: no passwords, no tokens, no validators.
        _users = new UserManager<TeamUser>(
            new PasskeyUsers(users, keys),
            Options.Create(new IdentityOptions()),
            null!,
            [],
            [],
            new UpperInvariantLookupNormalizer(),
            new IdentityErrorDescriber(),
            null!,
            logger
        );
    }

    /// <summary>
    /// False where no browser would make a key for our address: they do for a name that is reached over TLS, and for localhost.
    /// </summary>
    public bool IsOffered =>
        Address is { } address
        && !IPAddress.TryParse(address.Host.Trim('[', ']'), out _)
        && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback);

    private Uri? Address => Uri.TryCreate(_ourAddress.Url, UriKind.Absolute, out var address) ? address : null;

    /// <summary>What a browser is asked to make a key for somebody, and the ceremony's name.</summary>
    public async Task<PasskeyQuestion> AskForNewAsync(HttpContext context, TeamUser user)
    {
        var asked = await Handler()
            .MakeCreationOptionsAsync(
                new PasskeyUserEntity
                {
                    Id = user.Id,
                    Name = user.Address,
                    DisplayName = user.Name,
                },
                context
            );
        return new PasskeyQuestion(_ceremonies.Begin(user.Id, asked.AttestationState ?? ""), asked.CreationOptionsJson);
    }

    /// <summary>Adds the key that a browser made; false where it is none, was made for another question, or there are too many.</summary>
    public async Task<bool> AddAsync(HttpContext context, TeamUser user, string? ceremony, string credential, string name)
    {
        if (_ceremonies.Take(ceremony, user.Id) is not { } state)
            return false;
        var made = await Handler()
            .PerformAttestationAsync(
                new PasskeyAttestationContext
                {
                    HttpContext = context,
                    CredentialJson = credential,
                    AttestationState = state,
                }
            );
        Rethrow(made.Failure);
        return made.Succeeded && await _keys.AddAsync(user.Id, name, made.Passkey, context.RequestAborted);
    }

    /// <summary>
    /// What a browser is asked to sign in with a key, and the ceremony's name. It names nobody's keys: the key itself says whose it is, so
    /// that nothing here tells who is of the team.
    /// </summary>
    public async Task<PasskeyQuestion> AskToSignInAsync(HttpContext context)
    {
        var asked = await Handler().MakeRequestOptionsAsync(null, context);
        return new PasskeyQuestion(_ceremonies.Begin(null, asked.AssertionState ?? ""), asked.RequestOptionsJson);
    }

    /// <summary>Whom an answer lets in, and the key as it is now; null where it lets in nobody.</summary>
    public async Task<(TeamUser User, UserPasskeyInfo Key)?> FindAsync(HttpContext context, string? ceremony, string credential)
    {
        if (_ceremonies.Take(ceremony, null) is not { } state)
            return null;
        var answered = await Handler()
            .PerformAssertionAsync(
                new PasskeyAssertionContext
                {
                    HttpContext = context,
                    CredentialJson = credential,
                    AssertionState = state,
                }
            );
        Rethrow(answered.Failure);
        return answered.Succeeded ? (answered.User, answered.Passkey) : null;
    }

    public void Dispose() => _users.Dispose();

    private PasskeyHandler<TeamUser> Handler()
    {
        var address = Address ?? throw new InvalidOperationException("Passkeys need an address of their own.");
        string origin = $"{address.Scheme}://{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}";
        return new PasskeyHandler<TeamUser>(
            _users,
            Options.Create(
                new IdentityPasskeyOptions
                {
                    ServerDomain = address.IdnHost,
                    AuthenticatorTimeout = PasskeyCeremonies.Lifetime,
                    UserVerificationRequirement = "preferred",
                    ResidentKeyRequirement = "required",
                    AttestationConveyancePreference = "none",
                    ValidateOrigin = asked => ValueTask.FromResult(asked.Origin == origin && !asked.CrossOrigin),
                }
            )
        );
    }

    /// <summary>A store that is busy makes no key wrong.</summary>
    private static void Rethrow(PasskeyException? failure)
    {
        if (failure?.InnerException is TransientStoreException fault)
            throw new TransientStoreException(fault.Message, fault);
    }
}

/// <summary>A ceremony's name, and the options that the browser is given, as JSON.</summary>
internal sealed record PasskeyQuestion(string Ceremony, string Options);
