using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Auth.Api.Mvc;

/// <summary>Accepts only decimal digits: ASP.NET Core would read 0x10 and #10 as 16.</summary>
internal sealed class StrictInt32ModelBinder : IModelBinderProvider, IModelBinder
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.UnderlyingOrModelType == typeof(int) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var name = bindingContext.ModelName;
        var value = bindingContext.ValueProvider.GetValue(name);
        if (string.IsNullOrEmpty(value.FirstValue))
        {
            return Task.CompletedTask;
        }

        bindingContext.ModelState.SetModelValue(name, value);
        if (int.TryParse(value.FirstValue, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            bindingContext.Result = ModelBindingResult.Success(number);
        }
        else
        {
            bindingContext.ModelState.TryAddModelError(name, "Enter a whole number.");
        }

        return Task.CompletedTask;
    }
}
