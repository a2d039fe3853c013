using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Addresses;
using Signals.Web.Languages;

namespace Signals.Web.Addresses;

/// <summary>
/// The link by which somebody's old address confirms a new one. GET and HEAD show the new address and change nothing, because mail
/// scanners follow links; POST acts, from the page's form. A link works until it was used, is over, or another address waits.
/// </summary>
internal static class AddressEndpoints
{
    /// <summary>Maps <c>/address/{token}</c>.</summary>
    public static IEndpointRouteBuilder MapAddresses(this IEndpointRouteBuilder routes, string product)
    {
        routes
            .MapMethods(
                "/address/{token}",
                [HttpMethods.Get, HttpMethods.Head],
                (HttpContext context, string token, AddressConfirmation confirmation, ValueModel model) =>
                    AnswerAsync(context, token, product, confirmation, model, acts: false)
            )
            .ExcludeFromDescription();
        routes
            .MapPost(
                "/address/{token}",
                (HttpContext context, string token, AddressConfirmation confirmation, ValueModel model) =>
                    AnswerAsync(context, token, product, confirmation, model, acts: true)
            )
            .ExcludeFromDescription();
        return routes;
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        string token,
        string product,
        AddressConfirmation confirmation,
        ValueModel model,
        bool acts
    )
    {
        var words = new AddressWords(AcceptedLanguage.OfCustomer(context.Request.Headers.AcceptLanguage));
        try
        {
            var waiting = await confirmation.FindAsync(token, context.RequestAborted);
            // Who got a mail in French reads on in French.
            if (waiting is not null)
                words = new AddressWords(Language.Of(MessageLanguages.For(waiting.Stored.Record.Locale, model.Locales)));
            CustomerPage.SetHeaders(context, words.Language);
            if (waiting is null)
                return words.Gone();
            if (!acts)
                return words.Ask(product, waiting.Address);
            await confirmation.ConfirmAsync(waiting, context.RequestAborted);
            return words.Done(product, waiting.Address);
        }
        catch (TransientStoreException fault)
        {
            CustomerPage.SetHeaders(context, words.Language);
            CustomerPage.SetRetryAfter(context, fault);
            return words.Later();
        }
    }
}
